package histories_test

import (
	"context"
	"errors"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// cards are what people pay with; how money goes back is a matter of the card.
var cards = []struct {
	number   string
	declined bool
	odd      bool
}{
	{"4242424242424242", false, false}, {"4242424242424242", false, false}, {"5555555555554444", false, false},
	{"4000000000000002", true, false}, {"4000008400001629", true, false},
	{"4000000000007726", false, false}, {"4000000000005126", false, true},
}

// taxes are the states that people live in: rate in millionths, and whether
// shipping is taxed.
var states = []string{"OR", "NY", "CA"}

// page is a payment page in somebody's window, mostly one that is not paid yet.
func (m *model) page(die uint32) *sale {
	waiting := slices.DeleteFunc(slices.Clone(m.sales), func(s *sale) bool { return s.paid })
	if die%8 == 0 || len(waiting) == 0 {
		return pick(m.sales, die/8)
	}
	return pick(waiting, die/8)
}

func (m *model) payPage(dice [4]uint32) {
	s := m.page(dice[0])
	if s == nil {
		return
	}
	card, state := cards[dice[1]%uint32(len(cards))], pick(states, dice[2])
	status, body := m.ask("POST", "/_sim/sessions/"+s.session+"/pay", "card", card.number, "state", state)
	switch {
	case status == 402:
		wrong(card.declined, "a good card is declined: %s", body)
	case status == 409:
		wrong(m.session(s.session).Status != "open", "an open page takes no payment: %s", body)
	default:
		wrong(status == 200 && !s.paid && !card.declined, "paying: %d %s", status, body)
		s.paid, s.odd, s.state = true, card.odd, state
		s.bag.over = true
		s.captured = m.total(s)
		wrong(m.session(s.session).AmountTotal == int64(s.captured), "Stripe took %d, the model says %d", m.session(s.session).AmountTotal, s.captured)
	}
}

// total is what a page asks for with tax.
func (m *model) total(s *sale) shop.Cents {
	sum, _ := m.sum(s.wants, s.coded)
	book := m.session(s.session)
	tax := shop.Cents(book.AmountTotal) - sum
	wrong(tax >= 0 && (tax == 0) == (s.state == "OR"), "tax of %d in %s", tax, s.state)
	return sum + tax
}

// calm says whether an error is one that a shopper may see while Stripe is
// out of reach or the shop dies.
func calm(err error) bool {
	return err == nil || errors.Is(err, errDied) || shop.KindOf(err) == shop.KindUnavailable
}

func (m *model) successPage(dice [4]uint32) {
	if s := pick(m.sales, dice[0]); s != nil {
		err := m.do(func(ctx context.Context) error { _, err := m.orders.Settle(ctx, s.session); return err })
		wrong(calm(err), "settling: %v", err)
	}
}

func (m *model) startOver(dice [4]uint32) {
	if s := pick(m.sales, dice[0]); s != nil {
		err := m.do(func(ctx context.Context) error { _, err := m.checkout.Release(ctx, s.OrderToken); return err })
		wrong(calm(err), "starting over: %v", err)
	}
}

// forget has the shop give an order up while its page can still be paid, as a
// restored backup would: what is paid then is late.
func (m *model) forget(dice [4]uint32) {
	s := pick(m.sales, dice[0])
	if s == nil {
		return
	}
	ctx := context.Background()
	order, err := m.db.OrderByLink(ctx, s.OrderToken)
	must(err, "reading an order")
	if order.State != shop.OrderPending {
		return
	}
	s.forgotten = true
	must(m.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, order.ID)
		if err != nil {
			return err
		}
		a, err := tx.AttemptOfOrder(ctx, order.ID)
		if err != nil {
			return err
		}
		return errors.Join(
			tx.MoveAttempt(ctx, &a, shop.AttemptExpired, "forgotten", shop.ByCommand),
			tx.MoveOrder(ctx, &order, shop.OrderCancelled, "forgotten", shop.ByCommand),
			tx.CloseOrder(ctx, &order), tx.ReleaseUse(ctx, order.ID),
			stock.Release(ctx, tx, stock.ForOrder(order.ID)))
	}), "forgetting")
	if !s.bag.over && dice[1]%2 == 0 {
		m.checkouts(s.bag)
	}
}
