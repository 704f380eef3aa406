package shop

import "testing"

func TestWhatIsNotDoneKeepsItsPerson(t *testing.T) {
	number := int64(1001)
	for _, tt := range []struct {
		name string
		u    Unfinished
		want string
	}{
		{"a checkout", Unfinished{State: OrderPending}, "A checkout is still open. It ends by itself within a day."},
		{"a slow payment", Unfinished{State: OrderProcessing}, "A payment is still on its way."},
		{"nothing sent", Unfinished{Number: &number, State: OrderPaid, Fulfilment: Unfulfilled}, "Order #1001 is not sent yet."},
		{"half sent", Unfinished{Number: &number, State: OrderPaid, Fulfilment: PartlyFulfilled, OnTheWay: true}, "Order #1001 is not sent yet."},
		{"on its way", Unfinished{Number: &number, State: OrderPaid, Fulfilment: Fulfilled, OnTheWay: true}, "Order #1001 is on its way and has not arrived."},
		{"in review", Unfinished{Number: &number, State: OrderPaid, Fulfilment: Delivered, Review: "x"}, "Order #1001 is being looked into by the shop."},
		{"a refund", Unfinished{Number: &number, State: OrderPaid, Fulfilment: Delivered, Refunding: true}, "Order #1001: money is still to go back."},
		{"late money of a cancelled order", Unfinished{State: OrderCancelled, Fulfilment: Unfulfilled, Refunding: true}, "An order: money is still to go back."},
		{"all done", Unfinished{Number: &number, State: OrderPaid, Fulfilment: Delivered}, ""},
		{"cancelled", Unfinished{State: OrderCancelled, Fulfilment: Unfulfilled}, ""},
		{"every piece cancelled", Unfinished{Number: &number, State: OrderPaid, Fulfilment: FulfilmentCancelled}, ""},
	} {
		if got := tt.u.Postpones(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
