package checkout

import (
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// check refuses a bag with anything in it that cannot be bought now, naming
// each. The counts it sees are only a first look, which spares the hold; the
// hold decides.
func (b *bag) check(now shop.Instant, held map[shop.VariantID]int64) error {
	var problems []string
	pieces := map[shop.VariantID]int64{}
	pairs := map[shop.ProductID]int{}
	for _, l := range b.lines {
		pieces[l.variant.ID] += int64(l.line.Quantity)
		pairs[l.product.ID] += l.line.Quantity
	}
	for _, l := range b.lines {
		problem := unsaleable(l, now)
		if problem == "" && pairs[l.product.ID] > 0 {
			problem = overLimit(l.product, pairs[l.product.ID])
			delete(pairs, l.product.ID) // said once
		}
		if wanted := pieces[l.variant.ID]; problem == "" && wanted > 0 {
			problem = short(l, wanted, held[l.variant.ID])
			delete(pieces, l.variant.ID)
		}
		if problem != "" {
			problems = append(problems, problem)
		}
	}
	if len(problems) > 0 {
		return shop.Conflict("%s", strings.Join(problems, " "))
	}
	return nil
}

func unsaleable(l bagLine, now shop.Instant) string {
	switch {
	case !l.product.Visible(now):
		return l.title() + " is not sold any more. Please take it out of your bag."
	case !l.product.OnSale(now):
		return l.title() + " is not on sale yet."
	}
	return ""
}

func overLimit(p shop.Product, pairs int) string {
	if p.OrderLimit == 0 || pairs <= p.OrderLimit {
		return ""
	}
	return fmt.Sprintf("At most %d of %s can be bought at once; your bag has %d.", p.OrderLimit, p.Title, pairs)
}

// short says whether too few are left, what the bag's own order keeps being
// counted as free.
func short(l bagLine, wanted, held int64) string {
	v := l.variant
	v.Stock.Held -= held
	if v.CanSell(int(wanted)) {
		return ""
	}
	return shop.ShortSentence(l.title(), v.Stock, wanted)
}

// title names the thing and its size.
func (l bagLine) title() string { return shop.TitleWithSize(&l.product, &l.variant) }
