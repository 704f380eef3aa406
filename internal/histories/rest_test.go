package histories_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"longrun/internal/shop"
)

// rest lets everything run out: no fault, no crash, every page past its end.
// What the post has lost stays lost; what waits is lost too, every other time.
func (m *model) rest() {
	m.faults = nil
	m.mu.Lock()
	m.fuse = 0
	m.mu.Unlock()
	lost := m.seed%2 == 0
	for round := range 12 {
		m.collect()
		for len(m.post.waiting) > 0 {
			if e, _ := m.take(0); !lost {
				m.deliver(e)
			}
		}
		m.doJobs(1000, false)
		if round > 2 && m.still() {
			m.post.brought = nil
			return
		}
		m.advance(50 * time.Minute)
		must(m.do(m.checkout.Reconcile), "reconciling at rest")
		must(m.do(func(ctx context.Context) error {
			lost, err := m.checkout.Sweep(ctx)
			wrong(lost == 0, "there is money without order")
			return err
		}), "sweeping at rest")
	}
	panic(broken{"it does not come to rest"})
}

// still says whether nothing is left to do.
func (m *model) still() bool {
	ctx := context.Background()
	now, err := m.db.Now(ctx)
	must(err, "asking the time")
	due, err := m.db.Jobs().Due(ctx)
	must(err, "asking for jobs")
	open, err := m.db.RefundsOpen(ctx, 0, 1)
	must(err, "asking for refunds")
	live, err := m.db.AttemptsDue(ctx, now, 0, 1)
	must(err, "asking for attempts")
	m.collect()
	return !due && len(open) == 0 && len(live) == 0 && len(m.post.waiting) == 0
}

// check holds the shop at rest against the model, Stripe's books and all that
// must always be true.
func (m *model) check() {
	kept := map[*bag]int{}
	uses := int64(0)
	for _, s := range m.sales {
		if m.checkSale(s) {
			kept[s.bag]++
			for shoe, n := range s.wants {
				shoe.gone += int64(n)
			}
			if _, used := m.sum(s.wants, s.coded); used {
				uses++
			}
		}
	}
	m.checkBags(kept)
	ids := []shop.VariantID{}
	for _, s := range m.shoes {
		ids = append(ids, s.id)
	}
	levels, err := m.db.StockLevels(context.Background(), ids)
	must(err, "reading stock")
	for _, s := range m.shoes {
		got, want := levels[s.id], s.stock-s.gone+s.backed
		wrong(got.OnHand == want && got.Held == 0, "shoe at %s: %d there, %d held; the model has %d and none", s.price, got.OnHand, got.Held, want)
	}
	code, err := m.db.DiscountByID(context.Background(), m.code.ID)
	must(err, "reading the code")
	wrong(code.Uses >= min(uses, *code.MaxUses) && code.Uses <= uses, "the code counts %d uses, the model %d", code.Uses, uses)
	m.verify()
}

// checkBags wants each purchase to have been paid for once, and every payment
// kept that came in time.
func (m *model) checkBags(kept map[*bag]int) {
	for _, b := range m.bags {
		paid, inTime, enough := 0, 0, true
		for _, s := range m.sales {
			if s.bag != b || !s.paid {
				continue
			}
			paid++
			if !s.forgotten {
				inTime++
			}
			for shoe := range s.wants {
				enough = enough && shoe.asked <= shoe.stock
			}
		}
		wrong(kept[b] <= 1, "%d payments are kept for one purchase", kept[b])
		wrong(inTime == 0 || kept[b] == 1, "a payment that came in time is not kept")
		wrong(paid == 0 || !enough || kept[b] == 1, "a late payment is not kept although the stock was there")
	}
}

// checkSale says whether a sale ended as a paid order.
func (m *model) checkSale(s *sale) (kept bool) {
	order, err := m.db.OrderByLink(context.Background(), s.OrderToken)
	must(err, "reading an order")
	book := m.session(s.session)
	wrong(book.Status != "open" && (book.PaymentStatus == "paid") == s.paid, "Stripe has the page %s, %s", book.Status, book.PaymentStatus)
	wrong(order.State == shop.OrderPaid || order.State == shop.OrderCancelled, "an order is left %s", order.State)
	kept = order.State == shop.OrderPaid
	wrong(!kept || s.paid, "an order is paid by nothing")
	if !s.paid {
		return false
	}
	taken, back := m.captured(*book.PaymentIntent)
	wrong(taken == int64(s.captured), "Stripe took %d of %s", taken, s.captured)
	a, err := m.db.AttemptByIntent(context.Background(), *book.PaymentIntent)
	must(err, "finding a payment")
	wrong(a.OrderID == order.ID && (a.State == shop.AttemptPaid) == kept, "the payment is %s, its order %s", a.State, order.State)
	switch {
	case kept && s.forgotten:
		happened.note("late and kept")
	case kept:
		happened.note("kept")
	default:
		happened.note("late and given back")
	}
	if kept {
		wrong(order.GrandTotal() == s.captured, "the order is over %s, %s was paid", order.GrandTotal(), s.captured)
		wrong(back <= taken, "%d of %d went back", back, taken)
	} else {
		wrong(back == taken || s.odd, "a payment for nothing: %d of %d went back", back, taken)
	}
	m.checkRefunds(s, &order, *book.PaymentIntent)
	return kept
}

// checkRefunds wants each refund of ours at Stripe once, and none there that
// is not here.
func (m *model) checkRefunds(s *sale, order *shop.Order, intent string) {
	list, err := m.db.RefundsOfOrder(context.Background(), order.ID)
	must(err, "reading refunds")
	ours, byKey := map[string]shop.Refund{}, map[string]shop.Refund{}
	for _, r := range list {
		byKey[r.IdempotencyKey] = r
		happened.note("refunds")
		if r.State == shop.RefundFailed {
			happened.note("refunds failed")
		}
		if r.Cause == shop.RefundDashboard {
			happened.note("dashboard refunds")
		}
		if r.StripeID != nil {
			ours[*r.StripeID] = r
		}
		wrong(r.State == shop.RefundSucceeded || r.State == shop.RefundFailed && s.odd, "a refund is left %s: %s", r.State, r.LastError)
		wrong(r.StripeID != nil || r.State == shop.RefundFailed || r.Amount == 0, "refund %d was never made", r.ID)
	}
	for _, theirs := range m.refundsOf(intent) {
		r, ok := ours[theirs.ID]
		wrong(ok && int64(r.Amount) == theirs.Amount && string(r.State) == theirs.Status, "Stripe's refund %+v is here %+v", theirs, r)
		mark := theirs.Metadata["refund_id"]
		wrong(mark == "" && r.Cause == shop.RefundDashboard || mark == fmt.Sprint(r.ID), "Stripe's refund %+v is taken for %+v", theirs, r)
		delete(ours, theirs.ID)
	}
	wrong(len(ours) == 0, "refunds that Stripe does not know: %+v", ours)
	for _, d := range s.keys {
		r, ok := byKey[d.key]
		wrong(ok && r.Amount == d.amount || !ok && d.amount == 0, "staff gave %s back, recorded is %+v", d.amount, r)
	}
}

// verify holds the whole database to what must always be true.
func (m *model) verify() {
	violations, _, err := m.upkeep.Verify(context.Background())
	must(err, "verifying")
	var lines []string
	for _, v := range violations {
		lines = append(lines, v.Rule+" "+v.Line)
	}
	wrong(len(lines) == 0, "verify: %s", strings.Join(lines, "; "))
}
