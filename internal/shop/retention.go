package shop

import (
	"fmt"
	"time"
)

// Retention is how long things of one kind are kept, and why. When their time
// is over the nightly job lets them go.
type Retention struct {
	Kind    string        // its name in the log, in the counts and in package database
	What    string        // what it is, to anybody who reads the table
	Keep    time.Duration // 0 for the years that tax law asks for
	Then    string        // what happens to it
	Why     string
	Shopper bool // says something of shoppers, and so is told them
}

// The kinds of things that go.
const (
	RetainBags     = "bags"
	RetainGivenUp  = "words of orders that were given up"
	RetainSold     = "persons of old orders"
	RetainMessages = "messages to the shop"
	RetainMails    = "addresses of mails"
	RetainEvents   = "payloads of Stripe's events"
	RetainVisitors = "visitors of checkouts"
	RetainSignIns  = "counts of sign-ins"
	RetainJobs     = "finished jobs"

	RetainAccountIdle    = "shoppers' sessions that nobody uses"
	RetainAccountOld     = "shoppers' sessions that are too old"
	RetainAccountSignIns = "mails to sign in with"
	RetainAccountChanges = "changes of shoppers' addresses of e-mail"

	RetainWaitsAsked    = "waits that nobody said yes to"
	RetainWaits         = "waits for sizes that never came back"
	RetainWaitsEnded    = "waits that are over"
	RetainWaitsUnwanted = "wishes to hear of no size"
	RetainWaitLinks     = "links to waits"

	RetainPrivacyLink = "requests for a link to one's data"
	RetainPrivacy     = "requests about one's data"
	RetainLinks       = "links that are over"
	RetainAlarms      = "closed alarms"
	RetainVerifyRuns  = "checks of the database"
	RetainSessions    = "sessions that are over"
	RetainChanges     = "change rows"
)

const oneDay = 24 * time.Hour

// DefaultTaxYears is Settings.TaxYears where nobody has said otherwise.
const DefaultTaxYears = 7

// Retentions is the one table of how long everything is kept.
func Retentions() []Retention {
	return []Retention{
		{RetainBags, "Bags that nobody has touched", 90 * oneDay, "deleted", "So that a bag is still there after a while.", true},
		{RetainGivenUp, "Notes and other words in orders that were never paid", 90 * oneDay, "the words are deleted", "To answer questions about a checkout that did not work.", true},
		{RetainSold, "Name, address, phone, card digits, notes and tracking of paid orders", 0, "deleted; what was sold, the sums, the tax, state and postal code stay", "Tax law wants sales kept so long.", true},
		{RetainMessages, "Messages written to the shop", 365 * oneDay, "deleted", "To know what was said.", true},
		{RetainMails, "The addresses of mails that were sent", 365 * oneDay, "the address is deleted; that a mail went stays", "To answer whether a mail went, and to send it again.", true},
		{RetainEvents, "What Stripe told of payments", 90 * oneDay, "deleted, but for its number", "To find out how a payment went when somebody asks.", true},
		{RetainVisitors, "From where a checkout was begun, as a digest", oneDay, "deleted", "To keep one visitor from holding everything in stock.", true},
		{RetainSignIns, "Counts of sign-ins, look-ups and messages by place and address, as digests", StaffKnownNetwork, "deleted", "To slow down guessing.", true},
		{RetainAccountIdle, "Sessions of accounts that nobody has used", AccountIdle, "deleted", "So that you stay signed in for a while.", true},
		{RetainAccountOld, "Sessions of accounts since they began", AccountSessionLife, "deleted", "So that no session lasts for ever.", true},
		{RetainAccountSignIns, "Codes and links to sign in with, and what was typed for them", oneDay, "deleted", "They are good for minutes; the rest slows down guessing.", true},
		{RetainAccountChanges, "Changes of an account’s e-mail address", 30 * oneDay, "deleted", "To take back what somebody else has changed.", true},
		{RetainWaitsAsked, "Wishes to hear of a size that nobody confirmed", WaitKeepAsked, "deleted", "To say yes by the link in the mail.", true},
		{RetainWaits, "Addresses that wait for a size", WaitKeepWaiting, "deleted", "To write when the size is back.", true},
		{RetainWaitsEnded, "Waits for a size that are over", WaitKeepEnded, "deleted", "To write once and not twice.", true},
		{RetainWaitsUnwanted, "Addresses that want to hear of no size", WaitKeepUnwanted, "deleted", "To keep to that.", true},
		{RetainWaitLinks, "Links in mails about a size", WaitKeepWaiting + WaitKeepEnded + oneDay, "deleted", "To be taken off the list.", true},
		{RetainJobs, "Work that was done, by the numbers of its things", 30 * oneDay, "deleted", "To find faults.", true},
		{RetainPrivacyLink, "Requests for a link to one’s data", 2 * oneDay, "deleted", "The link is good for a day.", true},
		{RetainPrivacy, "That data was handed out or erased, with a keyed digest of the address", 3 * 365 * oneDay, "deleted", "To prove that it was done.", true},
		{RetainLinks, "Links in mails that have run out", 30 * oneDay, "deleted", "To say that a link has run out, and not that there never was one.", true},
		{RetainAlarms, "Alarms to staff that were closed", 365 * oneDay, "deleted", "To see what went wrong before.", false},
		{RetainVerifyRuns, "Checks of the database", 90 * oneDay, "deleted", "To see since when something is wrong.", false},
		{RetainSessions, "Sessions of staff that are over", oneDay, "deleted", "They open nothing any more.", false},
		{RetainChanges, "Notes of what pages must show anew", oneDay, "deleted", "Every instance has read them.", false},
	}
}

// Days is how long in words.
func (r Retention) Days(taxYears int) string {
	switch days := int(r.Keep / oneDay); {
	case r.Keep == 0 && taxYears == 1:
		return "until the end of the year after the sale"
	case r.Keep == 0:
		return fmt.Sprintf("until the end of the %s year after the sale", ordinal(taxYears))
	case days == 1:
		return "1 day"
	case days == 365:
		return "1 year"
	case days%365 == 0:
		return fmt.Sprintf("%d years", days/365)
	default:
		return fmt.Sprintf("%d days", days)
	}
}

func ordinal(n int) string {
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return fmt.Sprint(n, end)
}

// Cut is the instant before which things of a kind are old at an instant. The
// years of tax law end with the calendar year in the shop's time zone.
func (r Retention) Cut(now Instant, s Settings) Instant {
	if r.Keep > 0 {
		return now.Add(-r.Keep)
	}
	zone := s.Location()
	return At(time.Date(now.In(zone).Year()-s.TaxYears, time.January, 1, 0, 0, 0, 0, zone))
}

// RetentionCount is how many things of a kind the last run let go, and all
// runs together.
type RetentionCount struct {
	Kind  string
	Gone  int64
	Total int64
	RanAt Instant
}
