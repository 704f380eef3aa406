package histories_test

import (
	"context"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

const staff = "staff:1"

// doJob does what the shop's worker would; mail is taken for handed over.
func (m *model) doJob(ctx context.Context, job shop.Job) error {
	var of database.JobPayload
	switch job.Kind {
	case shop.JobStripeEvent:
		return m.orders.Event(ctx, job.Key)
	case shop.JobRefund:
		must(json.Unmarshal([]byte(job.Payload), &of), "reading a job")
		return m.orders.GiveBack(ctx, shop.RefundID(of.ID))
	case shop.JobMail:
		must(json.Unmarshal([]byte(job.Payload), &of), "reading a job")
		return m.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error { return tx.MailHanded(ctx, shop.MailID(of.ID)) })
	}
	return fmt.Errorf("a job of kind %s", job.Kind)
}

// paidSale is a sale that the shop knows to be paid, and its order.
func (m *model) paidSale(die uint32) (*sale, shop.Order) {
	for i := range m.sales {
		s := m.sales[(i+int(die%64))%len(m.sales)]
		if !s.paid {
			continue
		}
		order, err := m.db.OrderByLink(context.Background(), s.OrderToken)
		must(err, "reading an order")
		if order.State == shop.OrderPaid {
			return s, order
		}
	}
	return nil, shop.Order{}
}

// some are units by the bits of a die, at least one.
func some(units []shop.OrderUnit, die uint32) (ids []shop.UnitID) {
	for i, u := range units {
		if die>>i&1 == 1 {
			ids = append(ids, u.ID)
		}
	}
	if len(ids) == 0 && len(units) > 0 {
		ids = append(ids, units[0].ID)
	}
	return ids
}

func allUnits(o *shop.Order) (units []shop.OrderUnit) {
	for _, l := range o.Lines {
		units = append(units, l.Units...)
	}
	return units
}

// ship sends pieces, and presses the button twice.
func (m *model) ship(dice [4]uint32) {
	s, order := m.paidSale(dice[0])
	if s == nil || len(order.Waiting()) == 0 {
		return
	}
	ctx := context.Background()
	if order.Review != "" {
		must(m.fulfilment.SettleReview(ctx, staff, order.ID, "looked at"), "settling a review")
	}
	sh := fulfilment.Shipment{Order: order.ID, Units: some(order.Waiting(), dice[1]), Carrier: "UPS", Tell: true, Key: m.formKey(dice[2])}
	first, err := m.fulfilment.Ship(ctx, staff, sh)
	must(err, "shipping")
	again, err := m.fulfilment.Ship(ctx, staff, sh)
	happened.note("parcels")
	wrong(err == nil && again.ID == first.ID, "shipping twice: parcels %d and %d, %v", first.ID, again.ID, err)
}

// formKey is a key that no other form of this history has.
func (m *model) formKey(die uint32) string { return fmt.Sprintf("form-%d-%d", m.made, die) }

func (m *model) cancelPieces(dice [4]uint32) {
	s, order := m.paidSale(dice[0])
	if s == nil || len(order.Waiting()) == 0 {
		return
	}
	ctx := context.Background()
	units := some(order.Waiting(), dice[1])
	plan, err := m.orders.PlanCancel(ctx, order.ID, units)
	must(err, "planning to cancel")
	whole := shop.Cents(0)
	for _, u := range allUnits(&order) {
		for _, id := range units {
			if id == u.ID && !s.units[id] {
				whole += u.PaidNet + *u.PaidTax
			}
		}
	}
	left := 0
	for _, u := range allUnits(&order) {
		if u.State != shop.UnitCancelled {
			left++
		}
	}
	all := left == len(units)
	if all && !s.shipping {
		whole += order.Shipping + *order.ShippingTax
	}
	m.expect(s, plan, whole)
	c := orders.Cancellation{Order: order.ID, Units: units, Restock: dice[2]%2 == 0, Key: m.formKey(dice[3]), Expected: plan.Amount()}
	must(m.orders.Cancel(ctx, staff, c), "cancelling")
	if err := m.orders.Cancel(ctx, staff, c); err != nil { // with nothing to give back the second press finds nothing
		wrong(plan.Amount() == 0 && shop.KindOf(err) == shop.KindConflict, "cancelling twice: %v", err)
	}
	for _, id := range units {
		s.units[id] = true
	}
	s.shipping = s.shipping || all
	s.note(fmt.Sprintf("re-cancel-%d-%s", order.ID, c.Key), plan.Amount())
	if !c.Restock {
		return
	}
	for _, l := range order.Lines {
		for _, u := range l.Units {
			for _, id := range units {
				if id == u.ID {
					m.shoeOf(l.VariantID).backed++
				}
			}
		}
	}
}

func (m *model) shoeOf(id shop.VariantID) *shoe {
	for _, s := range m.shoes {
		if s.id == id {
			return s
		}
	}
	panic(broken{fmt.Sprintf("nobody asked for variant %d", id)})
}

// note keeps what was decided.
func (s *sale) note(key string, amount shop.Cents) {
	s.given += amount
	s.keys = append(s.keys, decided{key, amount})
}

// expect holds a plan against what the model would give back.
func (m *model) expect(s *sale, plan shop.RefundPlan, whole shop.Cents) {
	wrong(plan.Amount() >= 0 && plan.Amount() <= s.captured, "%s would go back of %s", plan.Amount(), s.captured)
	if !s.odd {
		want := min(whole, s.captured-s.given)
		wrong(plan.Amount() == want, "%s would go back, the model says %s", plan.Amount(), want)
	}
}

// refund gives units, shipping or goodwill back, and presses the button twice.
func (m *model) refund(dice [4]uint32) {
	s, order := m.paidSale(dice[0])
	if s == nil {
		return
	}
	choice, whole := m.choose(s, &order, dice)
	ctx := context.Background()
	plan, left, err := m.orders.PlanRefund(ctx, order.ID, choice)
	if err != nil {
		kind := shop.KindOf(err)
		nothing := s.odd || s.captured == s.given || choice.Goodwill > s.captured-s.given || whole == 0
		wrong(nothing && (kind == shop.KindConflict || kind == shop.KindInvalid), "planning a refund: %v", err)
		return
	}
	wrong(s.odd || left == s.captured-s.given, "%s are left, the model says %s", left, s.captured-s.given)
	m.expect(s, plan, whole)
	r := orders.Refunding{Order: order.ID, Choice: choice, Key: m.formKey(dice[3]), Expected: plan.Amount(), Left: left}
	for range 2 {
		must(m.orders.Refund(ctx, staff, r), "giving back")
	}
	for _, id := range choice.Units {
		s.units[id] = true
	}
	s.shipping = s.shipping || choice.Shipping
	s.note(fmt.Sprintf("re-staff-%d-%s", order.ID, r.Key), plan.Amount())
}

// choose is what staff choose to give back, and what it comes to.
func (m *model) choose(s *sale, order *shop.Order, dice [4]uint32) (c shop.RefundChoice, whole shop.Cents) {
	switch dice[1] % 3 {
	case 0:
		c.Goodwill, c.Reason = shop.Cents(1+dice[2]%3_000), "Sorry."
		return c, c.Goodwill
	case 1:
		if s.shipping || order.Shipping == 0 {
			return c, 0
		}
		c.Shipping = true
		return c, order.Shipping + *order.ShippingTax
	}
	var kept []shop.OrderUnit
	for _, u := range allUnits(order) {
		if !s.units[u.ID] {
			kept = append(kept, u)
		}
	}
	c.Units = some(kept, dice[2])
	for _, u := range kept {
		for _, id := range c.Units {
			if u.ID == id {
				whole += u.PaidNet + *u.PaidTax
			}
		}
	}
	return c, whole
}

// refundAgain tries a refund again that has failed.
func (m *model) refundAgain(dice [4]uint32) {
	for _, s := range m.sales {
		order, err := m.db.OrderByLink(context.Background(), s.OrderToken)
		must(err, "reading an order")
		list, err := m.db.RefundsOfOrder(context.Background(), order.ID)
		must(err, "reading refunds")
		for _, r := range list {
			if r.State != shop.RefundFailed {
				continue
			}
			plan, err := m.orders.PlanAgain(context.Background(), order.ID, r.ID)
			if shop.KindOf(err) == shop.KindConflict && err != nil {
				continue
			}
			must(err, "planning to try again")
			s.odd = true
			for range 2 {
				err = m.orders.RefundAgain(context.Background(), staff, order.ID, r.ID, plan.Amount())
				must(err, "trying again")
			}
			return
		}
	}
}

// dashboard gives money back at Stripe, where nobody asks the shop.
func (m *model) dashboard(dice [4]uint32) {
	var paid []*sale
	for _, s := range m.sales {
		if s.paid {
			paid = append(paid, s)
		}
	}
	s := pick(paid, dice[0])
	if s == nil {
		return
	}
	amount := shop.Cents(1 + dice[1]%4_000)
	intent := *m.session(s.session).PaymentIntent
	status, body := m.ask("POST", "/_sim/refunds", "payment_intent", intent, "amount", fmt.Sprint(int64(amount)))
	taken, back := m.captured(intent)
	wrong(status == 200 || back+int64(amount) > taken, "a refund at Stripe: %d %s", status, body)
	if status == 200 {
		s.odd = true
	}
}
