package shop

import "slices"

// PlanReturn works out what is given back for pieces that came back: what was
// paid for each with its tax, whatever prices, taxes and codes say today, and,
// where the shop is to blame, what is left of the shipping. Pieces whose money
// has gone back before are named and add nothing. The order is whole, and the
// one that was paid for: of an exchange, the first of its chain.
// Errors: KindInvalid for a piece that is not of the order, KindConflict for
// money that Stripe does not give back while it is disputed.
func PlanReturn(o *Order, given Given, units []UnitID, shipping bool) (RefundPlan, error) {
	var plan RefundPlan
	found := 0
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, u := range l.Units {
			switch {
			case !slices.Contains(units, u.ID):
				continue
			case given.Unit(u.ID):
				plan.addBefore(l, u.ID)
			default:
				plan.add(l, u.back())
			}
			found++
		}
	}
	if found != len(units) {
		return plan, Invalid("A piece that came back is not of this order.")
	}
	if shipping {
		plan.Shipping, plan.ShippingTax = given.ShippingLeft(o)
	}
	plan.within(given.Left)
	if given.Dispute != nil && plan.Amount() > 0 {
		return plan, disputeBlocks(given.Dispute)
	}
	return plan, nil
}
