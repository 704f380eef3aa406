package database

import (
	"context"

	"longrun/internal/shop"
)

// ProductForStaff is a product of any status with everything it has, or
// KindNotFound.
func (r Reader) ProductForStaff(ctx context.Context, id shop.ProductID) (shop.Product, error) {
	var product shop.Product
	err := r.take(ctx, &product, noProduct, "SELECT * FROM products WHERE id = ?", id)
	if err != nil {
		return product, err
	}
	products := []shop.Product{product}
	err = r.fillAll(ctx, products)
	return products[0], err
}

// fillRows adds up the variants of a page's products and reads their first
// pictures.
func (r Reader) fillRows(ctx context.Context, rows []ProductRow) error {
	products := make([]shop.Product, len(rows))
	ids := make([]shop.ProductID, len(rows))
	for i := range rows {
		products[i].ID, ids[i] = rows[i].ID, rows[i].ID
	}
	var sums []struct {
		ProductID     shop.ProductID
		Variants      int
		Low, High     shop.Cents
		TrackedNumber int
		NoneLeft      int
		Free          int64
	}
	err := r.raw(ctx, &sums, `SELECT v.product_id, count(*) AS variants, min(v.price) AS low, max(v.price) AS high,
			CAST(sum(CASE WHEN v.tracked THEN 1 ELSE 0 END) AS bigint) AS tracked_number,
			CAST(sum(CASE WHEN v.tracked AND l.on_hand <= l.held THEN 1 ELSE 0 END) AS bigint) AS none_left,
			CAST(coalesce(sum(CASE WHEN v.tracked AND l.on_hand > l.held THEN l.on_hand - l.held ELSE 0 END), 0) AS bigint) AS free
		FROM variants v LEFT JOIN stock_levels l ON l.variant_id = v.id AND l.place = 'shop'
		WHERE v.product_id IN ? GROUP BY v.product_id`, ids)
	if err != nil {
		return err
	}
	s := shelve(products)
	if err := r.fillFirstImage(ctx, s); err != nil {
		return err
	}
	at := make(map[shop.ProductID]*ProductRow, len(rows))
	for i := range rows {
		at[rows[i].ID] = &rows[i]
		if images := products[i].Images; len(images) > 0 {
			rows[i].Picture = &images[0]
		}
	}
	for _, sum := range sums {
		row := at[sum.ProductID]
		row.Variants, row.PriceLow, row.PriceHigh, row.Tracked, row.Free, row.Out = sum.Variants, sum.Low, sum.High, sum.TrackedNumber > 0, sum.Free, sum.NoneLeft
	}
	return nil
}

// TabCount is how many products stand under a tab, counted up to a limit.
type TabCount struct {
	Tab  string // a status, or "" for all
	N    int
	More bool // there are more than N
}

// maxTab is how far a tab is counted.
const maxTab = 1_000

// ProductTabs are the tabs of the staff's list in their order, all first.
func (r Reader) ProductTabs(ctx context.Context) ([]TabCount, error) {
	var rows []struct {
		Tab string
		N   int
	}
	err := r.raw(ctx, &rows, `SELECT 'active' AS tab, (SELECT count(*) FROM (SELECT 1 FROM products WHERE status = 'active' LIMIT ?) AS a) AS n
		UNION ALL SELECT 'draft', (SELECT count(*) FROM (SELECT 1 FROM products WHERE status = 'draft' LIMIT ?) AS b)
		UNION ALL SELECT 'archived', (SELECT count(*) FROM (SELECT 1 FROM products WHERE status = 'archived' LIMIT ?) AS c)`,
		maxTab+1, maxTab+1, maxTab+1)
	found := map[string]TabCount{}
	all := TabCount{}
	for _, row := range rows {
		found[row.Tab] = TabCount{row.Tab, min(row.N, maxTab), row.N > maxTab}
		all.N += found[row.Tab].N
		all.More = all.More || row.N > maxTab
	}
	return []TabCount{all, found["active"], found["draft"], found["archived"]}, err
}

// ProductWords are the values to choose from in filters and forms, in
// alphabetical order and at most maxWordList of each.
type ProductWords struct{ Vendors, Types, Tags []string }

const maxWordList = 200

// ProductWords reads the vendors, types and tags that products have.
func (r Reader) ProductWords(ctx context.Context) (ProductWords, error) {
	var words ProductWords
	for _, list := range []struct {
		values        *[]string
		column, table string
	}{{&words.Vendors, "vendor", "products"}, {&words.Types, "type", "products"}, {&words.Tags, "tag", "product_tags"}} {
		// From one value to the next in the index, since reading every row to
		// find a few values would take too long.
		err := r.raw(ctx, list.values, `WITH RECURSIVE found (value) AS (
				SELECT min(`+list.column+`) FROM `+list.table+` WHERE `+list.column+` > ''
				UNION ALL SELECT (SELECT min(`+list.column+`) FROM `+list.table+` WHERE `+list.column+` > found.value)
				FROM found WHERE found.value IS NOT NULL)
			SELECT value FROM found WHERE value IS NOT NULL LIMIT ?`, maxWordList)
		if err != nil {
			return words, err
		}
	}
	return words, nil
}
