package shop_test

import (
	"testing"

	"longrun/internal/shop"
)

func TestAnInvoiceAddsUpWhatTheOrderKeeps(t *testing.T) {
	tax, shippingTax := shop.Cents(1240), shop.Cents(40)
	order := shop.Order{State: shop.OrderPaid, Subtotal: 15_900, Discount: 500, Shipping: 500, Total: 15_900, Tax: &tax, ShippingTax: &shippingTax,
		Tenders: []shop.OrderTender{{Kind: shop.TenderStripe, Amount: 17_140}},
		Lines: []shop.OrderLine{
			{ID: 1, Title: "Tern", Price: 14_500, Quantity: 1, Amount: 14_500, Discount: 500, Units: []shop.OrderUnit{{ID: 1, OrderLineID: 1, PaidNet: 14_000, PaidTax: new(shop.Cents(1100))}}},
			{ID: 2, Title: "Sock", Price: 700, Quantity: 2, Amount: 1400, Units: []shop.OrderUnit{{ID: 2, OrderLineID: 2, PaidNet: 700, PaidTax: new(shop.Cents(50))}, {ID: 3, OrderLineID: 2, PaidNet: 700, PaidTax: new(shop.Cents(50))}}},
		}}
	refunds := []shop.Refund{
		{ID: 1, Amount: 750, State: shop.RefundPending, Cause: shop.RefundCancelled},
		{ID: 2, Amount: 750, State: shop.RefundFailed, Cause: shop.RefundCancelled},
		{ID: 3, Amount: 17_140, State: shop.RefundSucceeded, Cause: shop.RefundLate},
	}
	invoice, err := shop.InvoiceFor(&order, refunds, []shop.RefundUnit{{UnitID: 3, RefundID: 1, Net: 700, Tax: 50}})
	if err != nil {
		t.Fatal(err)
	}
	sum := order.Shipping + *order.ShippingTax
	for _, l := range invoice.Lines {
		sum += l.Amount - l.Discount + *l.Tax
	}
	if sum != order.GrandTotal() || invoice.Paid != order.GrandTotal() {
		t.Errorf("lines come to %s, paid %s, the total is %s", sum, invoice.Paid, order.GrandTotal())
	}
	if len(invoice.Refunds) != 1 || invoice.Returned != 750 || invoice.Balance() != 16_390 || len(invoice.Refunds[0].Rows) != 2 {
		t.Errorf("given back %s of %+v", invoice.Returned, invoice.Refunds)
	}
	order.Lines[1].Units[0].PaidTax = nil
	if invoice, err = shop.InvoiceFor(&order, nil, nil); err != nil || invoice.Lines[1].Tax != nil || invoice.Lines[0].Tax == nil {
		t.Errorf("tax that is not known: %+v %v", invoice.Lines, err)
	}
	for _, state := range []shop.OrderState{shop.OrderPending, shop.OrderProcessing, shop.OrderCancelled} {
		order.State = state
		if _, err := shop.InvoiceFor(&order, nil, nil); !shop.IsNotFound(err) {
			t.Errorf("an order that is %s: %v", state, err)
		}
	}
}
