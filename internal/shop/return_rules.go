package shop

import (
	"fmt"
	"time"
)

// ReturnFacts are what the rules of returns judge a piece by: all of it is as
// the order has kept it, whatever has become of the product.
type ReturnFacts struct {
	Order    *Order
	Line     *OrderLine
	Unit     OrderUnit
	Parcel   *Parcel // that brought it, nil for none
	Returned bool    // it is in a return that is not over
	Given    bool    // its money has gone back or is about to
	Days     int     // of the return window
	Location *time.Location
	Now      Instant
}

// ReturnRule is one reason for which a piece does not come back by itself.
type ReturnRule struct {
	Name     string
	StaffMay bool                     // staff may allow it all the same, with a reason
	Sentence func(ReturnFacts) string // what the shopper reads where it refuses
	refuses  func(ReturnFacts) bool
}

// returnRules are judged in this order; the first that refuses is told.
var returnRules = []ReturnRule{
	{Name: "not paid", Sentence: plainly("This order is not paid."), refuses: func(f ReturnFacts) bool { return f.Order.State != OrderPaid }},
	{Name: "cancelled", Sentence: plainly("It was cancelled."), refuses: func(f ReturnFacts) bool { return f.Unit.State == UnitCancelled }},
	{Name: "gift card", Sentence: plainly("A gift card does not come back."), refuses: func(f ReturnFacts) bool { return f.Line.GiftCard }},
	{Name: "not sent", Sentence: plainly("It has not been sent yet. Write to us and we cancel it."), refuses: func(f ReturnFacts) bool {
		return f.Unit.State != UnitShipped || f.Parcel == nil || !f.Parcel.Live()
	}},
	{Name: "in a return", Sentence: plainly("It is in a return already."), refuses: func(f ReturnFacts) bool { return f.Returned }},
	{Name: "given back", Sentence: plainly("Its money has been given back."), refuses: func(f ReturnFacts) bool { return f.Given }},
	{Name: "window", StaffMay: true, Sentence: windowSentence, refuses: func(f ReturnFacts) bool {
		return !f.Now.Before(f.WindowEnds())
	}},
}

func plainly(sentence string) func(ReturnFacts) string {
	return func(ReturnFacts) string { return sentence }
}

func windowSentence(f ReturnFacts) string {
	last := f.WindowEnds().Add(-time.Second).In(f.Location)
	return fmt.Sprintf("It could be returned until %s. Write to us if it is faulty.", last.Format("January 2, 2006"))
}

// Delivered is when the piece arrived: as recorded, or DeliveredAfter its
// parcel left.
func (f ReturnFacts) Delivered() Instant {
	if f.Parcel.DeliveredAt != nil {
		return *f.Parcel.DeliveredAt
	}
	return f.Parcel.ShippedAt.Add(DeliveredAfter)
}

// WindowEnds is the first moment at which it is too late: the midnight after
// the last day, in the shop's time zone.
func (f ReturnFacts) WindowEnds() Instant {
	y, m, d := f.Delivered().In(f.Location).Date()
	return At(time.Date(y, m, d+f.Days+1, 0, 0, 0, 0, f.Location))
}

// ReturnRefusal is the first rule that keeps a piece from coming back, nil for
// none. A rule that staff have allowed is passed over.
func ReturnRefusal(f ReturnFacts, staffAllow bool) *ReturnRule {
	for i := range returnRules {
		r := &returnRules[i]
		if staffAllow && r.StaffMay {
			continue
		}
		if r.refuses(f) {
			return r
		}
	}
	return nil
}
