package database

import (
	"context"

	"longrun/internal/shop"
)

// ListQuery asks for one page of a list of visible products.
type ListQuery struct {
	Collection *shop.CollectionID // nil for all products
	Sort       string             // one of shop.SortOrders; manual without a collection is by title
	Limit      int                // 1 to 250, else 24
	Page       int                // from 1
}

// MaxPage is the last page that a list gives; further ones are empty, so that
// nobody makes the database count rows for nothing.
const MaxPage = 10_000

var sorts = map[string]string{
	shop.SortTitle:     "p.title, p.id",
	shop.SortTitleDown: "p.title DESC, p.id DESC",
	shop.SortPrice:     "p.price_low, p.id",
	shop.SortPriceDown: "p.price_low DESC, p.id DESC",
	shop.SortOldest:    "p.created_at, p.id",
	shop.SortNewest:    "p.created_at DESC, p.id DESC",
}

func (q ListQuery) order() string {
	if order, ok := sorts[q.Sort]; ok {
		return order
	}
	if q.Collection != nil {
		return "c.position, c.product_id"
	}
	return sorts[shop.SortTitle]
}

// ProductCards is a page of a list: visible products, each with its first
// image, and with its variants as far as price range and availability need
// them. More says whether another page follows.
func (r Reader) ProductCards(ctx context.Context, q ListQuery) (cards []shop.Product, more bool, err error) {
	ids, more, err := r.listIDs(ctx, q)
	if err != nil {
		return nil, false, err
	}
	cards, err = r.cards(ctx, ids)
	return cards, more, err
}

// ProductJSONPage is a page of /products.json: visible products as
// ProductByHandle fills them, a collection's in its own order, all products
// newest first. A page beyond the end is empty.
func (r Reader) ProductJSONPage(ctx context.Context, collection *shop.CollectionID, limit, page int) ([]shop.Product, error) {
	q := ListQuery{Collection: collection, Limit: limit, Page: page, Sort: shop.SortNewest}
	if collection != nil {
		q.Sort = shop.SortManual
	}
	ids, _, err := r.listIDs(ctx, q)
	if err != nil {
		return nil, err
	}
	products, err := r.inOrder(ctx, ids, "")
	if err != nil {
		return nil, err
	}
	return products, r.fill(ctx, products)
}

// Family are the visible products of a family, by colour, as cards; none for
// the empty family.
func (r Reader) Family(ctx context.Context, family string) ([]shop.Product, error) {
	if family == "" {
		return nil, nil
	}
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	var ids []shop.ProductID
	err = r.raw(ctx, &ids, "SELECT p.id FROM products p WHERE p.family <> '' AND p.family = ? AND "+visible+
		" ORDER BY p.colour, p.id LIMIT 50", family, now)
	if err != nil {
		return nil, err
	}
	return r.cards(ctx, ids)
}

// listIDs reads one id more than the page holds, to know whether there are
// more.
func (r Reader) listIDs(ctx context.Context, q ListQuery) (ids []shop.ProductID, more bool, err error) {
	if q.Limit < 1 || q.Limit > 250 {
		q.Limit = 24
	}
	if q.Page < 1 {
		q.Page = 1
	}
	if q.Page > MaxPage {
		return nil, false, nil
	}
	now, err := r.Now(ctx)
	if err != nil {
		return nil, false, err
	}
	from, args := "products p WHERE ", []any{}
	if q.Collection != nil {
		from = "collection_products c JOIN products p ON p.id = c.product_id WHERE c.collection_id = ? AND "
		args = append(args, *q.Collection)
	}
	args = append(args, now, q.Limit+1, (q.Page-1)*q.Limit)
	err = r.raw(ctx, &ids, "SELECT p.id FROM "+from+visible+" ORDER BY "+q.order()+" LIMIT ? OFFSET ?", args...)
	if len(ids) > q.Limit {
		return ids[:q.Limit], true, err
	}
	return ids, false, err
}

// cards reads products as lists show them.
func (r Reader) cards(ctx context.Context, ids []shop.ProductID) ([]shop.Product, error) {
	products, err := r.inOrder(ctx, ids, "")
	if err != nil || len(products) == 0 {
		return nil, err
	}
	s := shelve(products)
	if err := r.fillOffers(ctx, s); err != nil {
		return nil, err
	}
	return products, r.fillFirstImage(ctx, s)
}

// offer is what a card needs of a variant.
type offer struct {
	ID        shop.VariantID
	ProductID shop.ProductID
	Option1   string
	Price     shop.Cents
	CompareAt *shop.Cents
	Tracked   bool
	Policy    shop.StockPolicy
	OnHand    int64
	Held      int64
}

// fillOffers reads of variants only what cards need: most of a list's rows
// are variants, and most of their columns are for other pages.
func (r Reader) fillOffers(ctx context.Context, s shelf) error {
	var rows []offer
	err := r.raw(ctx, &rows, `SELECT v.id, v.product_id, v.option1, v.price, v.compare_at, v.tracked, v.policy,
			coalesce(l.on_hand, 0) AS on_hand, coalesce(l.held, 0) AS held
		FROM variants v LEFT JOIN stock_levels l ON l.variant_id = v.id AND l.place = 'shop'
		WHERE v.product_id IN ? ORDER BY v.product_id, v.position, v.id`, s.ids)
	for _, row := range rows {
		p := s.at[row.ProductID]
		p.Variants = append(p.Variants, shop.Variant{
			ID: row.ID, ProductID: row.ProductID, Option1: row.Option1, Price: row.Price, CompareAt: row.CompareAt,
			Tracked: row.Tracked, Policy: row.Policy,
			Stock: shop.StockLevel{VariantID: row.ID, Place: shop.PlaceShop, OnHand: row.OnHand, Held: row.Held},
		})
	}
	return err
}
