package histories_test

import (
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"sync"
	"time"

	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// kinds are the commands there are and how often each comes.
var kinds []struct {
	name   string
	weight int
	do     func(m *model, dice [4]uint32)
}

func init() {
	kinds = append(kinds, []struct {
		name   string
		weight int
		do     func(m *model, dice [4]uint32)
	}{
		{"add", 16, (*model).add},
		{"code", 4, (*model).useCode},
		{"checkout", 18, (*model).press},
		{"rush", 5, (*model).rush},
		{"pay", 22, (*model).payPage},
		{"success page", 8, (*model).successPage},
		{"start over", 2, (*model).startOver},
		{"forget", 4, (*model).forget},
		{"deliver", 12, (*model).bring},
		{"lose", 4, (*model).lose},
		{"deliver again", 3, (*model).bringAgain},
		{"work", 14, func(m *model, dice [4]uint32) { m.doJobs(1+int(dice[0]%5), dice[1]%8 == 0) }},
		{"clock", 5, (*model).clock},
		{"fault", 5, (*model).fault},
		{"die", 6, (*model).lightFuse},
		{"restart", 2, func(m *model, _ [4]uint32) { must(m.crash(), "restarting") }},
		{"ship", 10, (*model).ship},
		{"cancel", 8, (*model).cancelPieces},
		{"refund", 14, (*model).refund},
		{"refund again", 5, (*model).refundAgain},
		{"dashboard refund", 4, (*model).dashboard},
	}...)
}

// bagFor is a bag that somebody still fills, often a new one.
func (m *model) bagFor(die uint32) *bag {
	open := slices.DeleteFunc(slices.Clone(m.bags), func(b *bag) bool { return b.over })
	if len(open) == 0 || die%4 == 0 {
		b := &bag{wants: map[*shoe]int{}}
		m.bags = append(m.bags, b)
		return b
	}
	return pick(open, die/4)
}

func (m *model) add(dice [4]uint32) {
	m.put(m.bagFor(dice[0]), pick(m.shoes, dice[1]), 1+int(dice[2]%2))
}

// put puts n of a shoe into a bag, or as many as there are.
func (m *model) put(b *bag, s *shoe, n int) {
	added, err := m.cart.Add(context.Background(), b.token, []cart.Item{{Variant: s.id, Quantity: n}})
	if err == nil {
		b.token = added.Token
		b.wants[s] += n
		return
	}
	wrong(shop.KindOf(err) == shop.KindInvalid, "adding: %v", err)
	if added.Token != "" {
		b.token = added.Token
	}
	m.look(b)
}

// look reads what a bag got where there was less than was asked for.
func (m *model) look(b *bag) {
	kept, err := m.db.CartByToken(context.Background(), b.token)
	if shop.IsNotFound(err) {
		return
	}
	must(err, "reading a bag")
	for _, s := range m.shoes {
		had := b.wants[s]
		delete(b.wants, s)
		for _, l := range kept.Lines {
			if l.VariantID == s.id {
				wrong(l.Quantity >= had && l.Quantity <= had+2, "the bag had %d and has %d", had, l.Quantity)
				b.wants[s] = l.Quantity
			}
		}
	}
}

func (m *model) useCode(dice [4]uint32) {
	b := m.bagFor(dice[0] | 1)
	if b.token == "" {
		return
	}
	code := ""
	if dice[1]%4 > 0 {
		code = m.code.Code
	}
	_, err := m.cart.Update(context.Background(), b.token, cart.Update{Discount: &code})
	if err != nil { // used up
		wrong(code != "" && shop.KindOf(err) == shop.KindInvalid, "using a code: %v", err)
		return
	}
	b.coded = code != ""
}

// press presses Checkout. Whatever page it leads to is for the bag as it is.
func (m *model) press(dice [4]uint32) {
	if b := m.bagFor(dice[0] | 1); b.token != "" {
		m.checkouts(b)
	}
}

// rush has several shoppers want the same shoe and press Checkout at the same
// moment, somebody with a bag of before among them.
func (m *model) rush(dice [4]uint32) {
	var bags []*bag
	if b := m.bagFor(dice[0] | 1); b.token != "" {
		bags = append(bags, b)
	}
	s := pick(m.shoes, dice[1])
	for i := range 2 + dice[2]%2 {
		m.bags = append(m.bags, &bag{wants: map[*shoe]int{}})
		b := m.bags[len(m.bags)-1]
		m.put(b, s, 1+int(dice[3]>>i%2))
		if b.token != "" {
			bags = append(bags, b)
		}
	}
	m.checkouts(bags...)
}

func (m *model) checkouts(bags ...*bag) {
	free := true
	asked := map[*shoe]int64{}
	for _, b := range bags {
		for s, n := range b.wants {
			asked[s] += int64(n)
		}
	}
	for s, n := range asked {
		s.asked += n
		free = free && s.asked <= s.stock
	}
	placed, errs := make([]checkout.Placement, len(bags)), make([]error, len(bags))
	died := m.do(func(ctx context.Context) error {
		var all sync.WaitGroup
		for i, b := range bags {
			all.Go(func() {
				id, err := m.db.CartIDByToken(ctx, b.token)
				if err == nil {
					placed[i], err = m.checkout.Place(ctx, id)
				}
				errs[i] = err
			})
		}
		all.Wait()
		return nil
	})
	for i, b := range bags {
		switch {
		case errs[i] == nil:
			m.sold(b, placed[i])
		case died == nil:
			m.refusedCheckout(b, errs[i], free)
		}
	}
}

// refusedCheckout looks at why nobody was sent to a payment page.
func (m *model) refusedCheckout(b *bag, err error, free bool) {
	switch kind := shop.KindOf(err); {
	case kind == shop.KindUnavailable:
	case len(b.wants) == 0:
		wrong(kind == shop.KindInvalid, "an empty bag: %v", err)
	case b.coded && (kind == shop.KindConflict || kind == shop.KindInvalid): // the last use is another's
		none := ""
		_, err := m.cart.Update(context.Background(), b.token, cart.Update{Discount: &none})
		must(err, "taking a code out")
		b.coded = false
	default:
		wrong(kind == shop.KindConflict && !free, "a checkout of what is surely there: %v", err)
	}
}

// sold notes a payment page.
func (m *model) sold(b *bag, p checkout.Placement) {
	wrong(p.RedirectURL != "", "a bag that nobody has paid for leads to %+v", p)
	id := path.Base(p.RedirectURL)
	for _, s := range m.sales {
		if s.session == id {
			wrong(s.bag == b && maps.Equal(s.wants, b.wants) && s.coded == b.coded, "the page is for another bag")
			return
		}
	}
	s := &sale{Placement: p, bag: b, session: id, wants: maps.Clone(b.wants), coded: b.coded, units: map[shop.UnitID]bool{}}
	total, _ := m.sum(s.wants, s.coded)
	wrong(m.session(id).AmountTotal == int64(total), "the page asks for %d, the model says %d", m.session(id).AmountTotal, total)
	m.sales = append(m.sales, s)
	happened.note("payment pages")
}

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

func (m *model) bring(dice [4]uint32) {
	for range 1 + dice[1]%4 {
		if e, ok := m.take(dice[0]); ok {
			m.deliver(e)
		}
	}
}

func (m *model) lose(dice [4]uint32) { m.take(dice[0]) }

func (m *model) bringAgain(dice [4]uint32) {
	if e := pick(m.post.brought, dice[0]); e.id != "" {
		m.deliver(e)
	}
}

// doJobs does so many jobs, and forgets to say that it did the last.
func (m *model) doJobs(n int, cutOff bool) (done int) {
	for ; done < n; done++ {
		// Nobody else wants the job, so its lease may be over at once.
		jobs, err := m.db.Jobs().Claim(context.Background(), 1, time.Microsecond)
		must(err, "claiming a job")
		if len(jobs) == 0 {
			return done
		}
		err = m.do(func(ctx context.Context) error { return m.doJob(ctx, jobs[0]) })
		switch {
		case errors.Is(err, errDied), cutOff && done == n-1:
		case err == nil:
			must(m.db.Jobs().Finish(context.Background(), jobs[0]), "finishing a job")
		default:
			wrong(shop.KindOf(err) == shop.KindUnavailable, "job %s %s: %v", jobs[0].Kind, jobs[0].Key, err)
			must(m.db.Jobs().Fail(context.Background(), jobs[0], 0, err), "giving a job back")
		}
	}
	return done
}

func (m *model) clock(dice [4]uint32) {
	by := pick([]time.Duration{time.Minute, 3 * time.Minute, 11 * time.Minute, 41 * time.Minute, 7 * time.Hour, 26 * time.Hour}, dice[0])
	m.advance(by)
	err := m.do(func(ctx context.Context) error { return m.checkout.Reconcile(ctx) })
	wrong(calm(err), "reconciling: %v", err)
	if by > 6*time.Hour {
		err := m.do(func(ctx context.Context) error { _, err := m.checkout.Sweep(ctx); return err })
		wrong(calm(err), "sweeping: %v", err)
	}
}

func (m *model) fault(dice [4]uint32) {
	kind := pick([]string{"cut", "cut_before", "500", "409", "429", "html502"}, dice[0])
	at := pick([]string{"", "POST /v1/checkout/sessions", "POST /v1/refunds", "GET *", "POST /v1/checkout/sessions/{id}/expire", "POST /v1/coupons"}, dice[1])
	m.faults = append(m.faults, fault{kind, at, 1 + int(dice[2]%2)})
}

func (m *model) lightFuse(dice [4]uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fuse, m.early = 1+int(dice[0]%3), dice[1]%2 == 0
}
