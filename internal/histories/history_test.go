package histories_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"slices"

	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// history is what happens, worked out before it happens: each command brings
// the dice by which it chooses among what there then is.
type history struct {
	seed     uint64
	commands []command
}

type command struct {
	name string
	dice [4]uint32
}

func (c command) String() string { return fmt.Sprintf("%s %d", c.name, c.dice) }

// newHistory is the history of a seed.
func newHistory(seed uint64) history {
	r := rand.New(rand.NewPCG(seed, 42))
	h := history{seed: seed}
	total := 0
	for _, k := range kinds {
		total += k.weight
	}
	for range 20 + r.IntN(50) {
		n := r.IntN(total)
		for _, k := range kinds {
			if n -= k.weight; n < 0 {
				h.commands = append(h.commands, command{k.name, [4]uint32{r.Uint32(), r.Uint32(), r.Uint32(), r.Uint32()}})
				break
			}
		}
	}
	return h
}

// without is the history with n commands left out.
func (h history) without(at, n int) history {
	h.commands = slices.Delete(slices.Clone(h.commands), at, at+n)
	return h
}

// broken is why a history fails.
type broken struct{ why string }

func must(err error, what string) {
	if err != nil {
		panic(broken{fmt.Sprintf("%s: %v", what, err)})
	}
}

// wrong ends a history unless something is as it should be.
func wrong(unless bool, format string, args ...any) {
	if !unless {
		panic(broken{fmt.Sprintf(format, args...)})
	}
}

// run lets it happen in a world and comes to rest there.
func (h history) run(w *world) (err error) {
	at := "before it began"
	defer func() {
		switch p := recover().(type) {
		case nil:
		case broken:
			err = fmt.Errorf("%s: %s", at, p.why)
		default:
			err = fmt.Errorf("%s: panic: %v\n%s", at, p, debug.Stack())
		}
	}()
	m := newModel(w, h.seed)
	for i, c := range h.commands {
		at = fmt.Sprintf("command %d, %s", i, c)
		for _, k := range kinds {
			if k.name == c.name {
				k.do(m, c.dice)
			}
		}
	}
	at = "coming to rest"
	m.rest()
	at = "at rest"
	m.check()
	return nil
}

// model is what the shop should know, in a few maps and lists.
type model struct {
	*world
	seed  uint64
	shoes []*shoe
	bags  []*bag
	sales []*sale // by payment page
	code  shop.Discount
}

type shoe struct {
	id     shop.VariantID
	price  shop.Cents
	stock  int64 // before the history began
	asked  int64 // most that all checkouts together can hold of it
	gone   int64 // in orders that were paid, less what was put back: known at rest
	backed int64 // put back by cancelling
}

// bag is what one shopper wants; once a payment page of it was paid, nobody
// touches it any more.
type bag struct {
	token string
	wants map[*shoe]int
	coded bool
	over  bool
}

// sale is a payment page: the bag as it was when Checkout was pressed, and
// what the shopper has done on the page.
type sale struct {
	checkout.Placement
	bag       *bag
	session   string
	wants     map[*shoe]int
	coded     bool
	forgotten bool // the shop has given it up behind Stripe's back
	paid      bool
	captured  shop.Cents
	state     string
	odd       bool // money may go back otherwise: by the dashboard, or a card that takes none
	given     shop.Cents
	units     map[shop.UnitID]bool // whose money has gone back
	shipping  bool                 // has gone back
	keys      []decided
}

// decided is money that staff have decided to give back.
type decided struct {
	key    string
	amount shop.Cents
}

func newModel(w *world, seed uint64) *model {
	r := rand.New(rand.NewPCG(seed, 1))
	w.made++
	m := &model{world: w, seed: seed}
	for i := range 3 {
		s := &shoe{price: shop.Cents(2_500 + r.IntN(12_000)), stock: int64(1 + r.IntN(4))}
		must(m.db.Transact(context.Background(), func(ctx context.Context, tx *database.Tx) error {
			return m.shelve(ctx, tx, s, i)
		}), "putting a shoe on sale")
		m.shoes = append(m.shoes, s)
	}
	now, err := m.db.Now(context.Background())
	must(err, "asking the time")
	most := int64(2)
	m.code = shop.Discount{Code: fmt.Sprintf("CODE-%d", w.made), Scope: shop.ScopeAll, StartsAt: now, MaxUses: &most}
	switch m.code.Kind = shop.DiscountKinds()[r.IntN(3)]; m.code.Kind {
	case shop.DiscountPercent:
		m.code.Value = int64(1 + r.IntN(40))
	case shop.DiscountAmount:
		m.code.Value = int64(100 + r.IntN(2_000))
	}
	m.code, err = checkout.NewDiscounts(m.db).Make(context.Background(), shop.ByCommand, checkout.DiscountForm{Discount: m.code})
	must(err, "making a code")
	return m
}

func (m *model) shelve(ctx context.Context, tx *database.Tx, s *shoe, i int) error {
	name := fmt.Sprintf("shoe-%d-%d", m.made, i)
	products := []shop.Product{{
		Handle: name, Title: name, Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}},
		Variants: []shop.Variant{{
			Position: 1, Option1: "9", SKU: name, Price: s.price, WeightUnit: "g", Tracked: true, Policy: shop.PolicyDeny,
			Taxable: true, RequiresShipping: true, TaxCode: "txcd_30011000", Stock: shop.StockLevel{OnHand: s.stock},
		}},
	}}
	err := tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: name, Step: "open", Who: shop.ByCommand})
	s.id = products[0].Variants[0].ID
	return err
}

// sum is what a bag comes to before tax, by the model's own arithmetic, and
// whether its code has made a difference.
func (m *model) sum(wants map[*shoe]int, coded bool) (total shop.Cents, used bool) {
	for s, n := range wants {
		total += s.price * shop.Cents(n)
	}
	off := shop.Cents(0)
	if coded && m.code.Kind == shop.DiscountPercent {
		off = total * shop.Cents(m.code.Value) / 100
	} else if coded && m.code.Kind == shop.DiscountAmount {
		off = min(total, shop.Cents(m.code.Value))
	}
	total, used = total-off, off > 0
	if total <= 10_000 {
		if coded && m.code.Kind == shop.DiscountShipping {
			return total, true
		}
		total += 800
	}
	return total, used
}

// pick is one of a list by a die, the zero value of an empty one.
func pick[T any](list []T, die uint32) (one T) {
	if len(list) > 0 {
		one = list[int(die)%len(list)]
	}
	return one
}
