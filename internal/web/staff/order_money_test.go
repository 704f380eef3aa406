package staff

import (
	"testing"

	"longrun/internal/shop"
)

// Of a payment that came too late nothing was ever captured for the order.
func TestWhatWentBackIsOfWhatWasCaptured(t *testing.T) {
	page := OrderPage{Refunds: []OrderRefund{
		{Refund: shop.Refund{Cause: shop.RefundLate, State: shop.RefundSucceeded, Amount: 14_000}},
		{Refund: shop.Refund{Cause: shop.RefundCancelled, State: shop.RefundPending, Amount: 500}},
		{Refund: shop.Refund{Cause: shop.RefundCancelled, State: shop.RefundFailed, Amount: 30}},
	}}
	if got := page.Returned(); got != 500 {
		t.Errorf("%s, want $5.00", got)
	}
}
