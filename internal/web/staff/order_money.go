package staff

import (
	"cmp"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// OrderPayment is an attempt to pay, with the names Stripe has for it.
type OrderPayment struct {
	shop.PaymentAttempt
	Means string // what its state means
}

var attemptMeans = map[shop.AttemptState]string{
	shop.AttemptCreating:   "being started",
	shop.AttemptOpen:       "the payment page is open",
	shop.AttemptProcessing: "the money is on its way",
	shop.AttemptPaid:       "captured",
	shop.AttemptExpired:    "ran out",
	shop.AttemptSuperseded: "another one took its place",
	shop.AttemptFailed:     "failed",
	shop.AttemptLate:       "came too late and goes back",
}

func orderPayments(f *database.OrderFile) []OrderPayment {
	var list []OrderPayment
	for _, a := range f.Attempts {
		list = append(list, OrderPayment{PaymentAttempt: a, Means: attemptMeans[a.State]})
	}
	return list
}

// OrderRefund is money given back.
type OrderRefund struct {
	shop.Refund
	Why   string
	Means string
	Sum   int              // pieces
	Rows  []shop.RefundRow // how it adds up, where it has parts
	Again string           // where it is tried again, "" when it is not
}

var refundMeans = map[shop.RefundState]string{
	shop.RefundRecorded:  "about to be sent",
	shop.RefundPending:   "on its way",
	shop.RefundSucceeded: "given back",
	shop.RefundFailed:    "failed",
}

var refundCauses = map[string]string{
	shop.RefundLate:      "the whole payment, which came too late",
	shop.RefundCancelled: "cancelled before it was sent",
	shop.RefundReturned:  "came back",
	shop.RefundByStaff:   "given back by staff",
	shop.RefundDashboard: "made at Stripe",
}

func orderRefunds(o *shop.Order, f *database.OrderFile, mayAgain bool) []OrderRefund {
	replaced := map[shop.RefundID]bool{}
	for _, r := range f.Refunds {
		if r.AgainOf != nil {
			replaced[*r.AgainOf] = true
		}
	}
	var list []OrderRefund
	for _, r := range f.Refunds {
		plan := shop.PlanOf(o, r, f.Given)
		shown := OrderRefund{Refund: r, Means: refundMeans[r.State], Why: cmp.Or(refundCauses[r.Cause], r.Cause), Sum: plan.Pieces()}
		if r.Cause != shop.RefundLate && r.Cause != shop.RefundDashboard {
			shown.Rows = plan.Rows()
		}
		switch {
		case r.State == shop.RefundFailed && replaced[r.ID]:
			shown.Means = "failed, tried again"
		case r.State == shop.RefundFailed && mayAgain:
			shown.Again = againURL(o.ID, r.ID)
		}
		list = append(list, shown)
	}
	return list
}

// Captured is what was received for the order.
func (p *OrderPage) Captured() shop.Cents {
	var sum shop.Cents
	for _, t := range p.Order.Tenders {
		sum += t.Amount
	}
	return sum
}

// Returned is what went back of Captured, or is about to. A payment that came
// too late was never in it.
func (p *OrderPage) Returned() shop.Cents {
	var sum shop.Cents
	for _, r := range p.Refunds {
		if r.State != shop.RefundFailed && r.Cause != shop.RefundLate {
			sum += r.Amount
		}
	}
	return sum
}

// Taken is what banks have of Captured in disputes. A payment that came too
// late was never in it.
func (p *OrderPage) Taken() shop.Cents {
	late := map[shop.AttemptID]bool{}
	for _, a := range p.Payments {
		late[a.ID] = a.State == shop.AttemptLate
	}
	var sum shop.Cents
	for _, d := range p.Disputes {
		if !late[d.AttemptID] {
			sum += d.Withdrawn
		}
	}
	return sum
}

// Blocked says whether a dispute keeps money from being given back.
func (p *OrderPage) Blocked() bool {
	for _, d := range p.Disputes {
		if d.Blocks() {
			return true
		}
	}
	return false
}

// Disputed says whether a dispute is not decided.
func (p *OrderPage) Disputed() bool {
	for _, d := range p.Disputes {
		if !d.State.Decided() {
			return true
		}
	}
	return false
}
