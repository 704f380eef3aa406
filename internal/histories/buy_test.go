package histories_test

import (
	"context"
	"maps"
	"path"
	"slices"
	"sync"

	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/shop"
)

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
