package shop

import "fmt"

// SettleAct is what to do about an order after asking Stripe about its
// session.
type SettleAct string

// What can be done.
const (
	SettleNothing    SettleAct = "nothing"    // all is said already
	SettleOpen       SettleAct = "open"       // it waits to be paid: note its id if that is new
	SettleExpire     SettleAct = "expire"     // nobody should pay it any more: close it at Stripe
	SettlePay        SettleAct = "pay"        // sell what is held: the order is paid
	SettleLate       SettleAct = "late"       // take the stock again and be paid, or give the money back
	SettleRefund     SettleAct = "refund"     // give the money back
	SettleProcessing SettleAct = "processing" // the money is on its way; keep what is held
	SettleRelease    SettleAct = "release"    // it will never be paid: let go of what is held
	SettleReview     SettleAct = "review"     // what Stripe says does not fit: a person must look
)

// SettleFacts are what Settle decides by, the rows being locked.
type SettleFacts struct {
	Order   OrderState
	Attempt AttemptState
	Session Session
	Differs string // why the session is not this order's (SessionDiffers), "" when it is
	Other   bool   // the attempt has a session of its own, and this is not it
	// TwinPaid says that another order of the same bag, to which this one
	// is the same purchase, is paid already or on its way to be.
	TwinPaid bool
}

// Settle decides. It is the table of Stripe's session against the attempt,
// with four things said beforehand: what is over stays over; a session that
// is not the order's never pays it; nobody pays twice for one purchase; and
// an order that somebody cancelled stays cancelled.
func Settle(f SettleFacts) SettleAct {
	act := settleTable[outcomeOf(f.Session)][standingOf(f.Order, f.Attempt)]
	money := outcomeOf(f.Session) != isOpen && outcomeOf(f.Session) != isExpired
	switch {
	case act == "":
		return SettleNothing
	case f.Differs != "" && act == SettleOpen:
		return SettleExpire
	case f.Differs != "" && money:
		return SettleReview
	case f.Other:
		return SettleNothing
	case (act == SettlePay || act == SettleLate) && f.TwinPaid:
		return SettleRefund
	}
	return act
}

// outcome is what a session has come to.
type outcome string

const (
	isOpen    outcome = "open"
	isPaid    outcome = "paid"
	isWaiting outcome = "complete, the money on its way"
	isBroken  outcome = "complete, the money did not come"
	isFree    outcome = "complete, nothing to pay"
	isExpired outcome = "expired"
)

func outcomeOf(s Session) outcome {
	switch {
	case s.Status == SessionOpen:
		return isOpen
	case s.Status == SessionExpired:
		return isExpired
	case s.Status != SessionComplete:
		return ""
	case s.PaymentStatus == PaymentPaid:
		return isPaid
	case s.PaymentStatus == PaymentNotRequired:
		return isFree
	case s.IntentStatus == "requires_payment_method" || s.IntentStatus == "canceled":
		return isBroken
	}
	return isWaiting
}

// standing is how an attempt and its order stand together.
type standing string

const (
	isLive      standing = "waiting"    // for the shopper
	isSlow      standing = "processing" // for a slow method
	isClosed    standing = "closed"     // expired, superseded or failed, its holds gone
	isCancelled standing = "cancelled"  // by someone, while the session stood open
	isDone      standing = "done"       // paid, or given back
)

func standingOf(order OrderState, attempt AttemptState) standing {
	switch {
	case attempt == AttemptPaid || attempt == AttemptLate:
		return isDone
	case order == OrderCancelled && attempt.Live():
		return isCancelled
	case order == OrderPaid: // by another attempt
		return isCancelled
	case attempt == AttemptProcessing:
		return isSlow
	case attempt.Live():
		return isLive
	}
	return isClosed
}

// settleTable is the table of reference stripe.md 2.6. An empty cell is
// SettleNothing.
var settleTable = map[outcome]map[standing]SettleAct{
	isOpen:    {isLive: SettleOpen, isClosed: SettleExpire, isCancelled: SettleExpire},
	isPaid:    {isLive: SettlePay, isSlow: SettlePay, isClosed: SettleLate, isCancelled: SettleRefund},
	isWaiting: {isLive: SettleProcessing, isClosed: SettleReview, isCancelled: SettleReview},
	isBroken:  {isLive: SettleRelease, isSlow: SettleRelease, isCancelled: SettleRelease},
	isFree:    {isLive: SettlePay, isSlow: SettlePay, isClosed: SettleReview, isCancelled: SettleReview},
	isExpired: {isLive: SettleRelease, isCancelled: SettleRelease},
}

// SessionDiffers says in what a session is not the one that was asked for an
// order, "" when it is: the ids it carries, currency, and every amount. What
// counts is the order as it was placed, not today's prices.
func SessionDiffers(o *Order, a *PaymentAttempt, s Session) string {
	switch {
	case s.OrderID != o.ID || s.AttemptID != a.ID || s.Reference != a.Reference:
		return "the session names another order"
	case a.SessionID != nil && *a.SessionID != s.ID:
		return "another session than the order's own"
	case s.Currency != o.Currency:
		return fmt.Sprintf("the session is in %q, the order in %q", s.Currency, o.Currency)
	}
	for _, part := range []struct {
		name       string
		stripe, us Cents
	}{
		{"lines", s.Subtotal, o.Subtotal},
		{"discount", s.Discount, o.Discount},
		{"shipping", s.Shipping, o.Shipping},
		{"total", s.Total - s.Tax, o.Total},
	} {
		if part.stripe != part.us {
			return fmt.Sprintf("%s of %s, where the order has %s", part.name, part.stripe, part.us)
		}
	}
	if s.Tax < 0 {
		return "the tax is negative"
	}
	return ""
}

// AddressReview says why a paid order's destination needs a look, "" when
// it does not: a place the shop does not ship to, or one at another rate than
// was asked for. s are the settings the order was placed under.
func AddressReview(o *Order, c OrderContact, s Settings) string {
	ships := false
	for _, l := range o.Lines {
		ships = ships || l.Ships
	}
	if !ships {
		return ""
	}
	quoted, _ := s.ZoneFor(o.ZoneCode)
	zone, ok := s.ZoneOf(c.Country, c.State)
	switch {
	case c.Country == "":
		return "no address came with the payment"
	case !ok:
		return fmt.Sprintf("the shop does not ship to %s %s", c.State, c.Country)
	case zone.Code != quoted.Code && !sameRates(zone, quoted):
		return fmt.Sprintf("shipping was worked out for %s, the address is in %s", quoted.Name, zone.Name)
	}
	return ""
}

func sameRates(a, b Zone) bool { return a.Rate == b.Rate && a.FreeShipping == b.FreeShipping }

// CountriesFor are the countries a payment page may take an address in, when
// a bag was quoted for a zone: those of the zones with the same rates.
func (s Settings) CountriesFor(zone Zone) []string {
	var countries []string
	for _, z := range s.ZonesOn() {
		if sameRates(z, zone) && !has(countries, z.Country) {
			countries = append(countries, z.Country)
		}
	}
	return countries
}

// TaxReview says why a paid session's taxes need a look, "" when they do not:
// those of the lines and of shipping must add up to the whole.
func TaxReview(s Session) string {
	sum := s.ShippingTax
	for _, tax := range s.LineTaxes {
		sum += tax
	}
	if sum == s.Tax {
		return ""
	}
	return fmt.Sprintf("the taxes by line and of shipping are %s, the tax is %s", sum, s.Tax)
}

// SpreadTax gives each unit its share of its line's tax, by cumulative floor
// over what was paid for the units, and returns them all.
func SpreadTax(o *Order, byLine map[int]Cents) []OrderUnit {
	var units []OrderUnit
	for i := range o.Lines {
		l := &o.Lines[i]
		weights := make([]int64, len(l.Units))
		for j, u := range l.Units {
			weights[j] = int64(u.PaidNet)
		}
		for j, tax := range byLine[l.Position].SplitBy(weights) {
			l.Units[j].PaidTax = &tax
		}
		units = append(units, l.Units...)
	}
	return units
}
