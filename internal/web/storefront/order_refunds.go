package storefront

import (
	"context"
	"time"

	"longrun/internal/shop"
)

// refundText tells of whole payments that went back.
func refundText(refunds []shop.Refund) string {
	var sum shop.Cents
	under := false
	for _, r := range refunds {
		if r.State != shop.RefundFailed && r.Cause == shop.RefundLate {
			sum += r.Amount
			under = under || r.State != shop.RefundSucceeded
		}
	}
	if sum == 0 {
		return ""
	}
	verb := "went"
	if under {
		verb = "goes"
	}
	return sum.String() + " " + verb + " back to your card: the payment came when the order could no longer be filled."
}

// orderRefunds are the refunds of an order with their sums, but for those of
// payments that came too late, and those in whose place there is another.
func (s *Storefront) orderRefunds(ctx context.Context, order *shop.Order, refunds []shop.Refund, zone *time.Location) ([]OrderRefund, error) {
	replaced := map[shop.RefundID]bool{}
	for _, r := range refunds {
		if r.AgainOf != nil {
			replaced[*r.AgainOf] = true
		}
	}
	var shown []OrderRefund
	var units []shop.RefundUnit
	for _, r := range refunds {
		if r.Cause == shop.RefundLate || replaced[r.ID] {
			continue
		}
		if units == nil {
			var err error
			if units, err = s.reader.RefundUnitsOfOrder(ctx, order.ID); err != nil {
				return nil, err
			}
		}
		one := OrderRefund{
			Heading: "Refund", When: r.CreatedAt.In(zone).Format("January 2, 2006"), Reason: r.Reason,
			Plan: shop.PlanOf(order, r, units), Text: whereRefundIs(r),
		}
		switch r.Cause {
		case shop.RefundCancelled:
			one.Heading = "Cancelled"
		case shop.RefundReturned:
			one.Heading = "Came back to us"
		}
		shown = append(shown, one)
	}
	return shown, nil
}

// whereRefundIs says where a refund's money is, and never more than is known.
func whereRefundIs(r shop.Refund) string {
	amount := r.Amount.String()
	switch {
	case r.Amount == 0:
		return "What was paid for it has been given back before."
	case r.State == shop.RefundSucceeded:
		return amount + " went back to the card or account it came from. Banks usually show it within 5 to 10 days."
	case r.State == shop.RefundPending:
		return amount + " is on its way back to the card or account it came from. The bank has not confirmed it yet."
	case r.State == shop.RefundFailed:
		return amount + " is to go back to you, which has not worked yet. We are looking at it and will write to you."
	}
	return amount + " goes back to the card or account it came from."
}
