package database

import (
	"context"

	"longrun/internal/shop"
)

// ProductsOnSale are up to limit visible products of which some variant costs
// less than it did, newest first, as cards.
func (r Reader) ProductsOnSale(ctx context.Context, limit int) ([]shop.Product, error) {
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	var ids []shop.ProductID
	err = r.raw(ctx, &ids, "SELECT p.id FROM products p WHERE "+visible+
		` AND EXISTS (SELECT 1 FROM variants v WHERE v.product_id = p.id AND v.compare_at > v.price)
		ORDER BY p.created_at DESC, p.id DESC LIMIT ?`, now, limit)
	if err != nil {
		return nil, err
	}
	return r.cards(ctx, ids)
}

// ColourCounts are how many visible products each family has.
func (r Reader) ColourCounts(ctx context.Context, families []string) (map[string]int, error) {
	counts := make(map[string]int, len(families))
	if len(families) == 0 {
		return counts, nil
	}
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Family string
		N      int
	}
	err = r.raw(ctx, &rows, "SELECT p.family, count(*) AS n FROM products p WHERE p.family <> '' AND p.family IN ? AND "+
		visible+" GROUP BY p.family", families, now)
	for _, row := range rows {
		counts[row.Family] = row.N
	}
	return counts, err
}

// CollectionCovers are the first visible product of each collection, as a card.
// An empty collection has none.
func (r Reader) CollectionCovers(ctx context.Context, ids []shop.CollectionID) (map[shop.CollectionID]shop.Product, error) {
	covers := make(map[shop.CollectionID]shop.Product, len(ids))
	if len(ids) == 0 {
		return covers, nil
	}
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	var rows []shop.CollectionProduct
	err = r.raw(ctx, &rows, `SELECT collection_id, product_id, position FROM (
			SELECT c.*, row_number() OVER (PARTITION BY c.collection_id ORDER BY c.position, c.product_id) AS place
			FROM collection_products c JOIN products p ON p.id = c.product_id
			WHERE c.collection_id IN ? AND `+visible+`) AS placed
		WHERE place = 1`, ids, now)
	if err != nil {
		return nil, err
	}
	of := make(map[shop.ProductID]shop.Product, len(rows))
	var products []shop.ProductID
	for _, row := range rows {
		if _, seen := of[row.ProductID]; !seen {
			of[row.ProductID] = shop.Product{}
			products = append(products, row.ProductID)
		}
	}
	cards, err := r.cards(ctx, products)
	for _, p := range cards {
		of[p.ID] = p
	}
	for _, row := range rows {
		covers[row.CollectionID] = of[row.ProductID]
	}
	return covers, err
}

// NextMoment is when the next product is published or goes on sale by itself,
// nil when none is waiting. A page made now may differ from then on.
func (r Reader) NextMoment(ctx context.Context) (*shop.Instant, error) {
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	var next *shop.Instant
	for _, column := range []string{"publish_at", "on_sale_at"} {
		var at []shop.Instant
		err := r.raw(ctx, &at, "SELECT p."+column+" FROM products p WHERE p.status = 'active' AND p.published AND p."+
			column+" > ? ORDER BY p."+column+" LIMIT 1", now)
		if err != nil {
			return nil, err
		}
		if len(at) == 1 && (next == nil || at[0].Before(*next)) {
			next = &at[0]
		}
	}
	return next, nil
}
