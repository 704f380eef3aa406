package shop

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// RefundChoice is what staff have chosen to give back of a paid order.
type RefundChoice struct {
	Units    []UnitID // each whole
	Shipping bool     // all that is left of it, with its tax
	Goodwill Cents    // for neither, with a Reason
	Reason   string   // the shopper reads it; at most MaxRefundReason characters
}

// MaxRefundReason is how many characters a refund's reason may have.
const MaxRefundReason = 500

// Empty says that nothing was chosen.
func (c RefundChoice) Empty() bool { return len(c.Units) == 0 && !c.Shipping && c.Goodwill == 0 }

// ParseGoodwill reads an amount as ParsePrice does; nothing typed is 0, and
// a 0 that was typed is refused. Errors have the field "goodwill".
func ParseGoodwill(text string) (Cents, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	amount, err := ParsePrice(text)
	switch {
	case err != nil:
		return 0, fieldError("goodwill", MessageOf(err))
	case amount == 0:
		return 0, fieldError("goodwill", "Write an amount of at least $0.01, or leave it empty.")
	}
	return amount, nil
}

// PlanRefund works out what staff's choice gives back, whatever its reason. The
// order is whole.
// Errors: KindConflict for an order that is not paid or whose payment is
// disputed, a unit whose money has
// gone back before, shipping that has, and when nothing is left; KindInvalid,
// with the fields "units" and "goodwill", for what can never be given back like
// this.
func PlanRefund(o *Order, given Given, c RefundChoice) (RefundPlan, error) {
	var plan RefundPlan
	switch {
	case o.State != OrderPaid:
		return plan, notPaid()
	case given.Dispute != nil:
		return plan, disputeBlocks(given.Dispute)
	case given.Left <= 0:
		return plan, Conflict("All that was received for this order has been given back.")
	}
	if err := c.check(); err != nil {
		return plan, err
	}
	if err := plan.choose(o, given, c.Units); err != nil {
		return plan, err
	}
	if c.Shipping {
		plan.Shipping, plan.ShippingTax = given.ShippingLeft(o)
		if plan.Shipping+plan.ShippingTax == 0 {
			return plan, conflictField("shipping", "There is no shipping to give back any more.")
		}
	}
	plan.within(given.Left)
	if rest := given.Left - plan.Amount(); c.Goodwill > rest {
		return plan, conflictField("goodwill", "Only "+rest.String()+" of what was received is left for this.")
	}
	plan.Goodwill = c.Goodwill
	if plan.Amount() == 0 {
		return plan, Conflict("Nothing was paid for this.")
	}
	return plan, nil
}

func (c RefundChoice) check() error {
	switch {
	case c.Empty():
		return Invalid("Choose what is given back.")
	case c.Goodwill < 0 || c.Goodwill > MaxCents:
		return fieldError("goodwill", "Write an amount of at least $0.01, or leave it empty.")
	}
	return nil
}

// CheckReason says whether the reason may stand: goodwill needs one. Errors are
// KindInvalid and have the field "reason".
func (c RefundChoice) CheckReason() error {
	switch {
	case c.Goodwill > 0 && strings.TrimSpace(c.Reason) == "":
		return fieldError("reason", "Write what it is given back for. The shopper reads it.")
	case utf8.RuneCountInString(c.Reason) > MaxRefundReason:
		return fieldError("reason", "Write the reason in at most 500 characters.")
	}
	return nil
}

// choose puts units into the plan, each once.
func (p *RefundPlan) choose(o *Order, given Given, units []UnitID) error {
	found := 0
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, u := range l.Units {
			if !slices.Contains(units, u.ID) {
				continue
			}
			found++
			if given.Unit(u.ID) {
				return conflictField("units", l.FullTitle()+" has been given back meanwhile.")
			}
			p.add(l, u.back())
		}
	}
	if unique := len(slices.Compact(slices.Sorted(slices.Values(units)))); found != unique {
		return fieldError("units", "A piece that was chosen is not of this order.")
	}
	return nil
}

func conflictField(field, message string) error {
	e := Conflict("%s", message)
	e.Fields = map[string]string{field: message}
	return e
}

// PlanAgain works out what is given back in the place of a refund that
// failed: its parts, as far as they have not been given back since. The order
// and the refund's units are whole. Errors: KindConflict for a refund that has
// not failed and for one whose parts have all been given back otherwise.
func PlanAgain(o *Order, given Given, failed Refund, units []RefundUnit) (RefundPlan, error) {
	var plan RefundPlan
	if failed.State != RefundFailed {
		return plan, Conflict("This refund has not failed.")
	}
	if failed.Cause == RefundLate {
		plan.Goodwill, plan.Elsewhere = failed.Amount+failed.GivenBefore, true
		plan.within(given.Left)
		if plan.Amount() == 0 {
			return plan, Conflict("This payment has been given back meanwhile.")
		}
		return plan, nil
	}
	if given.Dispute != nil {
		return plan, disputeBlocks(given.Dispute)
	}
	plan = PlanOf(o, failed, units)
	kept := RefundPlan{Goodwill: plan.Goodwill}
	for _, l := range plan.Lines {
		for _, u := range plan.Units {
			if slices.ContainsFunc(l.Line.Units, func(of OrderUnit) bool { return of.ID == u.UnitID }) && !given.Unit(u.UnitID) {
				kept.add(l.Line, RefundUnit{UnitID: u.UnitID, Net: u.Net, Tax: u.Tax})
			}
		}
	}
	net, tax := given.ShippingLeft(o)
	kept.Shipping, kept.ShippingTax = min(failed.Shipping, net), min(failed.ShippingTax, tax)
	if kept.whole() == 0 {
		return kept, Conflict("What this refund was for has been given back meanwhile.")
	}
	kept.within(given.Left)
	return kept, nil
}
