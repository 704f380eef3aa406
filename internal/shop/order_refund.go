package shop

import (
	"fmt"
	"slices"
)

// RefundPlan is what is given back for some pieces of an order, line by line:
// the same sums for staff before they press, for the refund, and for the
// shopper's mail and page.
type RefundPlan struct {
	Lines       []RefundLine // of the order's lines, those with something in them
	Units       []RefundUnit // RefundID is 0 until there is a refund
	Shipping    Cents
	ShippingTax Cents
}

// RefundLine is what is given back for the pieces of one line.
type RefundLine struct {
	Line     *OrderLine
	Quantity int
	Net      Cents
	Tax      Cents
}

// RefundRow is one line of the sum that ends in RefundPlan.Amount.
type RefundRow struct {
	Text   string
	Amount Cents
}

// Amount is all that is given back.
func (p RefundPlan) Amount() Cents {
	sum := p.Shipping + p.Tax()
	for _, u := range p.Units {
		sum += u.Net
	}
	return sum
}

// Tax is the tax given back, with the tax on shipping.
func (p RefundPlan) Tax() Cents {
	sum := p.ShippingTax
	for _, u := range p.Units {
		sum += u.Tax
	}
	return sum
}

// Pieces is how many units there are.
func (p RefundPlan) Pieces() int { return len(p.Units) }

// Rows are the lines of the sum: pieces before tax, shipping, tax.
func (p RefundPlan) Rows() []RefundRow {
	var rows []RefundRow
	for _, l := range p.Lines {
		rows = append(rows, RefundRow{fmt.Sprintf("%d × %s", l.Quantity, l.Line.FullTitle()), l.Net})
	}
	if p.Shipping != 0 {
		rows = append(rows, RefundRow{"Shipping", p.Shipping})
	}
	if tax := p.Tax(); tax != 0 {
		rows = append(rows, RefundRow{"Tax", tax})
	}
	return rows
}

// add puts a unit of a line into the plan.
func (p *RefundPlan) add(l *OrderLine, u RefundUnit) {
	p.Units = append(p.Units, u)
	last := len(p.Lines) - 1
	if last < 0 || p.Lines[last].Line != l {
		p.Lines = append(p.Lines, RefundLine{Line: l})
		last++
	}
	p.Lines[last].Quantity++
	p.Lines[last].Net += u.Net
	p.Lines[last].Tax += u.Tax
}

// PlanCancel works out what is given back when units of an order are
// cancelled, none meaning all that wait: what was paid for each with its tax;
// and shipping, when nothing of the order was or will be sent. The order is
// whole. Errors: KindConflict for one that is not paid and for units that do
// not wait any more, KindInvalid for units of another order.
func PlanCancel(o *Order, units []UnitID) (RefundPlan, error) {
	var plan RefundPlan
	if o.State != OrderPaid {
		return plan, Conflict("This order is not paid, so there is nothing to give back.")
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
			case slices.Contains(chosen, u.ID):
				plan.add(l, RefundUnit{UnitID: u.ID, Net: u.PaidNet, Tax: orZero(u.PaidTax)})
			case l.Ships && u.State != UnitCancelled:
				sent = true
			}
		}
	}
	if !sent {
		plan.Shipping, plan.ShippingTax = o.Shipping, orZero(o.ShippingTax)
	}
	return plan, nil
}

// PlanOf is what a recorded refund gives back, from its rows; units of other
// refunds are passed over.
func PlanOf(o *Order, r Refund, units []RefundUnit) RefundPlan {
	plan := RefundPlan{Shipping: r.Shipping, ShippingTax: r.ShippingTax}
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

// Choose checks units that somebody chose among those that wait, and returns
// each once; none chosen means all. Errors: KindInvalid for units that are
// none of this order's that ship, KindConflict for those that do not wait any
// more and when nothing waits.
func (o *Order) Choose(units []UnitID) ([]UnitID, error) {
	var waiting []UnitID
	for _, u := range o.Waiting() {
		waiting = append(waiting, u.ID)
	}
	if len(waiting) == 0 {
		return nil, Conflict("Nothing of this order waits to be sent any more.")
	}
	if len(units) == 0 {
		return waiting, nil
	}
	var chosen []UnitID
	for _, id := range units {
		if slices.Contains(chosen, id) {
			continue
		}
		if !slices.Contains(waiting, id) {
			return nil, o.notWaiting(id)
		}
		chosen = append(chosen, id)
	}
	return chosen, nil
}

// notWaiting says why a unit cannot be chosen.
func (o *Order) notWaiting(id UnitID) error {
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, u := range l.Units {
			switch {
			case u.ID != id:
			case u.State == UnitShipped:
				return Conflict("%s, piece %d, has been sent meanwhile.", l.FullTitle(), u.Position)
			case u.State == UnitCancelled:
				return Conflict("%s, piece %d, has been cancelled meanwhile.", l.FullTitle(), u.Position)
			default:
				return Invalid("%s does not go in a parcel.", l.FullTitle())
			}
		}
	}
	return Invalid("A piece that was chosen is not of this order.")
}

func orZero(c *Cents) Cents {
	if c == nil {
		return 0
	}
	return *c
}
