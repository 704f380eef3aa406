package cart

import (
	"context"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Count is how many pieces the bag of a token has, 0 without one. It asks the
// database once.
func (s *Service) Count(ctx context.Context, token string) (int, error) {
	return s.db.CartCount(ctx, token)
}

// View is the bag of a token as it is now; without one, an empty bag. It only
// reads, in a fixed number of queries.
func (s *Service) View(ctx context.Context, token string) (shop.Bag, error) {
	return Read(ctx, s.db.Reader, token)
}

// Read is View with a reader.
func Read(ctx context.Context, r database.Reader, token string) (shop.Bag, error) {
	var bag shop.Bag
	var err error
	if bag.Settings, err = r.Settings(ctx); err != nil {
		return bag, err
	}
	bag.Cart, err = r.CartByToken(ctx, token)
	if shop.IsNotFound(err) {
		return bag, nil
	}
	if err != nil {
		return bag, err
	}
	now, err := r.Now(ctx)
	if err != nil {
		return bag, err
	}
	pending, held, err := r.CartHolds(ctx, bag.Cart.ID)
	if err != nil {
		return bag, err
	}
	found, err := r.VariantsByIDs(ctx, variants(bag.Cart.Lines))
	if err != nil {
		return bag, err
	}
	bag.Pending = pending
	if bag.Cart.Notice != "" {
		bag.Changes = strings.Split(bag.Cart.Notice, "\n")
	}
	if bag.Code, err = r.BagCode(ctx, bag.Cart, products(found)); err != nil {
		return bag, err
	}
	fill(&bag, found, now)
	examine(&bag, held, now)
	return bag, nil
}

// products are the ids of those that lines name.
func products(found map[shop.VariantID]shop.Product) []shop.ProductID {
	var ids []shop.ProductID
	for _, p := range found {
		if !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// fill gives lines what they name and adds the bag up.
func fill(bag *shop.Bag, found map[shop.VariantID]shop.Product, now shop.Instant) {
	var sums []shop.QuoteLine
	for _, l := range bag.Cart.Lines {
		p, ok := found[l.VariantID]
		if !ok {
			p = gone(l)
		}
		v := p.Variants[0]
		bag.Lines = append(bag.Lines, shop.BagLine{Line: l, Product: p, Variant: v})
		sums = append(sums, shop.QuoteLine{
			Price: v.Price, Quantity: l.Quantity, GiftCard: p.GiftCard, Ships: v.RequiresShipping, InScope: bag.Code.IsFor(p.ID),
		})
	}
	zone, _ := bag.Settings.ZoneFor(bag.Cart.ShipTo)
	var discount *shop.Discount
	discount, bag.CodeOff = bag.Code.For(sums, now)
	bag.Quote = shop.QuoteFor(sums, zone, bag.Settings, discount)
	for i := range bag.Lines {
		bag.Lines[i].Amount, bag.Lines[i].Off = bag.Quote.Lines[i], bag.Quote.Discounts[i]
		bag.Changes = append(bag.Changes, bag.Lines[i].ChangesSince()...)
	}
	bag.Seen = shop.MarkSeen(bag.Cart.Lines, found)
}

// gone stands for what a line names and the shop has deleted: under the title
// and the price that the shopper knows, and not sold any more.
func gone(l shop.CartLine) shop.Product {
	v := shop.Variant{ID: l.VariantID, Option1: shop.DefaultTitle, Price: l.SeenPrice}
	return shop.Product{Title: l.SeenTitle, Status: shop.ProductArchived, Variants: []shop.Variant{v}}
}

// examine says what stands in the way of each line.
func examine(bag *shop.Bag, held map[shop.VariantID]int64, now shop.Instant) {
	pieces := map[shop.VariantID]int{}
	pairs := map[shop.ProductID]int{}
	for i := range bag.Lines {
		pieces[bag.Lines[i].Variant.ID] += bag.Lines[i].Line.Quantity
		pairs[bag.Lines[i].Product.ID] += bag.Lines[i].Line.Quantity
	}
	for i := range bag.Lines {
		l := &bag.Lines[i]
		l.Held = held[l.Variant.ID]
		l.Problem = l.ProblemAt(now, l.Held, pieces[l.Variant.ID], pairs[l.Product.ID])
	}
}
