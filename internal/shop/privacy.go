package shop

import (
	"fmt"
	"time"
)

// PrivacyRequest is somebody's wish about what is held of an e-mail address:
// to be sent a link to it, to have it as files, or to have it erased. The
// address itself stands in it only sealed and only while it is needed.
type PrivacyRequest struct {
	ID        PrivacyID
	Kind      PrivacyKind
	Key       string // of the form: one press is one request
	State     PrivacyState
	Who       string // Actor
	Digest    []byte // keyed, of the address: it tells whether one is meant, not which
	Sealed    []byte // the address under the secret key, empty once nobody needs it
	Why       string // why it is postponed, a sentence
	Report    string // JSON, an ErasureReport
	CreatedAt Instant
	EndedAt   *Instant
}

// PrivacyID is the id of a PrivacyRequest.
type PrivacyID int64

// PrivacyKind is what is wished for.
type PrivacyKind string

// The kinds of request.
const (
	PrivacyLink   PrivacyKind = "link"   // a mail with a link to the page that shows what is held
	PrivacyExport PrivacyKind = "export" // files
	PrivacyErase  PrivacyKind = "erase"
)

// PrivacyState is how far a request has come.
type PrivacyState string

// The states of a request. A postponed one goes on by itself.
const (
	PrivacyOpen      PrivacyState = "open"
	PrivacyPostponed PrivacyState = "postponed"
	PrivacyDone      PrivacyState = "done"
)

// ErasureReport is how many things of each kind were erased.
type ErasureReport map[string]int64

// Jobs about what is held of a person. Payload: the id of a PrivacyRequest.
const (
	JobPrivacyLink = "privacy_link"
	JobErase       = "erase"
)

// MailPrivacyLink carries the link to the page that shows what is held of its
// reader. ThingID: PrivacyRequest.
const MailPrivacyLink MailKind = "privacy_link"

// LinkPrivacy opens the page that shows what is held of an address.
const LinkPrivacy LinkPurpose = "privacy"

// PrivacyLinkLife is how long such a link is good for.
const PrivacyLinkLife = 24 * time.Hour

// The limits of asking what is held. PrivacyAskLimit holds per address of a
// visitor and is told; PrivacyMailLimit per mailbox and is silent, since
// whoever asks must not learn what there is. PrivacyFilesLimit is how often
// one link gives files.
var (
	PrivacyAskLimit   = AskLimit{Most: 10, Within: time.Hour}
	PrivacyMailLimit  = AskLimit{Most: 3, Within: 24 * time.Hour}
	PrivacyFilesLimit = AskLimit{Most: 10, Within: 24 * time.Hour}
)

// Held is how much is held of an address.
type Held struct {
	Accounts int64 // of which the address is or was one
	Orders   int64
	Messages int64
	Mails    int64
}

// Any says whether anything is held.
func (h Held) Any() bool { return h != Held{} }

// Unfinished is what may be unfinished about an order.
type Unfinished struct {
	OrderID    OrderID
	Number     *int64
	State      OrderState
	Fulfilment Fulfilment
	Review     string
	OnTheWay   bool // a parcel has not arrived
	Refunding  bool // money is on its way back, or failed to go and was not given again
	ComingBack bool // pieces are to come back
	Disputed   bool // a bank looks into its payment
}

// Postpones says why an order keeps its person from being erased, "" when it
// does not: what is not done yet needs to know whom it is for.
func (u Unfinished) Postpones() string {
	name := "An order"
	if u.Number != nil {
		name = fmt.Sprintf("Order #%d", *u.Number)
	}
	switch {
	case u.State == OrderPending:
		return "A checkout is still open. It ends by itself within a day."
	case u.State == OrderProcessing:
		return "A payment is still on its way."
	case u.Review != "":
		return name + " is being looked into by the shop."
	case u.State == OrderPaid && (u.Fulfilment == Unfulfilled || u.Fulfilment == PartlyFulfilled):
		return name + " is not sent yet."
	case u.OnTheWay:
		return name + " is on its way and has not arrived."
	case u.Refunding:
		return name + ": money is still to go back."
	case u.ComingBack:
		return name + ": something is still to come back."
	case u.Disputed:
		return name + ": a bank is looking into its payment."
	}
	return ""
}
