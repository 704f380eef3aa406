package shop

import (
	"fmt"
	"slices"
)

// RefundPlan is what is given back for an order, line by line: the same sums
// for staff before they press, for the refund, and for the shopper's mail and
// page.
type RefundPlan struct {
	Lines       []RefundLine // of the order's lines, those with something in them
	Units       []RefundUnit // RefundID is 0 until there is a refund
	Chosen      []UnitID     // those of Units, and those whose money has gone back before
	Shipping    Cents
	ShippingTax Cents
	Goodwill    Cents
	GivenBefore Cents // what of all this has been given back otherwise
	Elsewhere   bool  // it was made at Stripe, nobody here knows for what
}

// RefundLine is what is given back for the pieces of one line.
type RefundLine struct {
	Line     *OrderLine
	Quantity int
	Before   int // further pieces, whose money has gone back before
	Net      Cents
	Tax      Cents
}

// RefundRow is one line of the sum that ends in RefundPlan.Amount.
type RefundRow struct {
	Text   string
	Amount Cents
}

// whole is the sum before what has been given back otherwise is taken off.
func (p *RefundPlan) whole() Cents {
	sum := p.Shipping + p.Tax() + p.Goodwill
	for _, u := range p.Units {
		sum += u.Net
	}
	return sum
}

// Amount is all that is given back.
func (p RefundPlan) Amount() Cents { return p.whole() - p.GivenBefore }

// Tax is the tax given back, with the tax on shipping.
func (p RefundPlan) Tax() Cents {
	sum := p.ShippingTax
	for _, u := range p.Units {
		sum += u.Tax
	}
	return sum
}

// Pieces is how many units there are.
func (p RefundPlan) Pieces() int { return len(p.Chosen) }

// Rows are the lines of the sum: pieces before tax, shipping, tax, what is
// given for neither, and what has been given back otherwise.
func (p RefundPlan) Rows() []RefundRow {
	var rows []RefundRow
	for _, l := range p.Lines {
		if l.Quantity > 0 {
			rows = append(rows, RefundRow{fmt.Sprintf("%d × %s", l.Quantity, l.Line.FullTitle()), l.Net})
		}
		if l.Before > 0 {
			rows = append(rows, RefundRow{fmt.Sprintf("%d × %s, given back before", l.Before, l.Line.FullTitle()), 0})
		}
	}
	goodwill := "Goodwill"
	if p.Elsewhere {
		goodwill = "Refund"
	}
	for _, row := range []RefundRow{
		{"Shipping", p.Shipping}, {"Tax", p.Tax()}, {goodwill, p.Goodwill}, {"Given back before", -p.GivenBefore},
	} {
		if row.Amount != 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// line is a line's place in the plan.
func (p *RefundPlan) line(l *OrderLine) *RefundLine {
	if last := len(p.Lines) - 1; last >= 0 && p.Lines[last].Line == l {
		return &p.Lines[last]
	}
	p.Lines = append(p.Lines, RefundLine{Line: l})
	return &p.Lines[len(p.Lines)-1]
}

// add puts a unit of a line into the plan.
func (p *RefundPlan) add(l *OrderLine, u RefundUnit) {
	u.Live = true
	p.Units, p.Chosen = append(p.Units, u), append(p.Chosen, u.UnitID)
	line := p.line(l)
	line.Quantity++
	line.Net += u.Net
	line.Tax += u.Tax
}

// addBefore puts in a unit whose money has gone back.
func (p *RefundPlan) addBefore(l *OrderLine, id UnitID) {
	p.Chosen = append(p.Chosen, id)
	p.line(l).Before++
}

// within takes off what has been given back otherwise, so that never more
// goes back than is left.
func (p *RefundPlan) within(left Cents) {
	p.GivenBefore = max(0, p.whole()-max(0, left))
}

// Given is what refunds that have not failed give back of an order's payment.
type Given struct {
	Units       []RefundUnit
	Shipping    Cents
	ShippingTax Cents
	Left        Cents    // of what was received and not taken back by a bank, below 0 when too much went back
	Dispute     *Dispute // why Stripe gives nothing back now, nil for no reason
}

// Unit says whether a unit's money has gone back, or is about to.
func (g *Given) Unit(id UnitID) bool {
	return slices.ContainsFunc(g.Units, func(u RefundUnit) bool { return u.UnitID == id })
}

// ShippingLeft is what of an order's shipping may still be given back, and of
// the tax on it.
func (g *Given) ShippingLeft(o *Order) (net, tax Cents) {
	return max(0, o.Shipping-g.Shipping), max(0, orZero(o.ShippingTax)-g.ShippingTax)
}

// PlanCancel works out what is given back when units of an order are
// cancelled, none meaning all that wait: what was paid for each with its tax,
// and shipping, when nothing of the order was or will be sent; all this as far
// as it has not been given back. The order is whole. Errors: KindConflict for
// one that is not paid and for units that do not wait any more, KindInvalid
// for units of another order.
func PlanCancel(o *Order, given Given, units []UnitID) (RefundPlan, error) {
	var plan RefundPlan
	if o.State != OrderPaid {
		return plan, notPaid()
	}
	chosen, err := o.Choose(units)
	if err != nil {
		return plan, err
	}
	sent := false
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, u := range l.Units {
			switch {
			case slices.Contains(chosen, u.ID) && given.Unit(u.ID):
				plan.addBefore(l, u.ID)
			case slices.Contains(chosen, u.ID):
				plan.add(l, u.back())
			case l.Ships && u.State != UnitCancelled:
				sent = true
			}
		}
	}
	if !sent {
		plan.Shipping, plan.ShippingTax = given.ShippingLeft(o)
	}
	plan.within(given.Left)
	if given.Dispute != nil && plan.Amount() > 0 {
		return plan, disputeBlocks(given.Dispute)
	}
	return plan, nil
}

func notPaid() error { return Conflict("This order is not paid, so there is nothing to give back.") }

// back is the whole of what was paid for a unit.
func (u *OrderUnit) back() RefundUnit {
	return RefundUnit{UnitID: u.ID, Net: u.PaidNet, Tax: orZero(u.PaidTax)}
}

// PlanOf is what a recorded refund gives back, from its rows; units of other
// refunds are passed over.
func PlanOf(o *Order, r Refund, units []RefundUnit) RefundPlan {
	plan := RefundPlan{
		Shipping: r.Shipping, ShippingTax: r.ShippingTax, Goodwill: r.Goodwill, GivenBefore: r.GivenBefore,
		Elsewhere: r.Cause == RefundDashboard,
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, u := range l.Units {
			at := slices.IndexFunc(units, func(of RefundUnit) bool { return of.UnitID == u.ID && of.RefundID == r.ID })
			if at >= 0 {
				plan.add(l, units[at])
			}
		}
	}
	return plan
}

func orZero(c *Cents) Cents {
	if c == nil {
		return 0
	}
	return *c
}
