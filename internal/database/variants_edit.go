package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// Namesake is a variant of another product with an SKU or a barcode.
type Namesake struct {
	ProductID shop.ProductID
	Title     string // of its product
	Variant   shop.Variant
}

// Namesakes are the variants of other products than one that have any of
// these SKUs or barcodes, by each.
func (r Reader) Namesakes(ctx context.Context, but shop.ProductID, skus, barcodes []string) (bySKU, byBarcode map[string]Namesake, err error) {
	if bySKU, err = r.namesakes(ctx, but, "sku", skus); err != nil {
		return nil, nil, err
	}
	byBarcode, err = r.namesakes(ctx, but, "barcode", barcodes)
	return bySKU, byBarcode, err
}

func (r Reader) namesakes(ctx context.Context, but shop.ProductID, column string, values []string) (map[string]Namesake, error) {
	found := map[string]Namesake{}
	if len(values) == 0 {
		return found, nil
	}
	var rows []struct {
		ProductID                        shop.ProductID
		Title                            string
		Option1, Option2, Option3, Value string
	}
	err := r.raw(ctx, &rows, `SELECT v.product_id, p.title, v.option1, v.option2, v.option3, v.`+column+` AS value
		FROM variants v JOIN products p ON p.id = v.product_id
		WHERE v.`+column+` <> '' AND v.`+column+` IN ? AND v.product_id <> ? ORDER BY v.id`, values, but)
	for _, row := range rows {
		if _, known := found[row.Value]; !known {
			found[row.Value] = Namesake{row.ProductID, row.Title, shop.Variant{Option1: row.Option1, Option2: row.Option2, Option3: row.Option3}}
		}
	}
	return found, err
}

// VariantTie is what keeps a variant from being deleted.
type VariantTie struct {
	Orders int   // that name it, whatever became of them
	Held   int64 // pieces kept for somebody who pays
	Sold   bool  // pieces left the shop for somebody, with an order or without
}

// KeepVariants keeps variants from being deleted, and their options from being
// changed, until the end of the transaction, in the order of their ids, and
// says which of them there are. Prices and counts may change meanwhile.
func (tx *Tx) KeepVariants(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]bool, error) {
	there := make(map[shop.VariantID]bool, len(ids))
	if len(ids) == 0 {
		return there, nil
	}
	var found []shop.VariantID
	err := tx.raw(ctx, &found, "SELECT id FROM variants WHERE id IN ? ORDER BY id"+tx.keep(), ids)
	for _, id := range found {
		there[id] = true
	}
	return there, err
}

// LockVariants keeps others from changing variants at all, or from beginning
// to sell them, until the end of the transaction.
func (tx *Tx) LockVariants(ctx context.Context, ids []shop.VariantID) error {
	if len(ids) == 0 {
		return nil
	}
	var locked []shop.VariantID
	return tx.raw(ctx, &locked, "SELECT id FROM variants WHERE id IN ? ORDER BY id"+tx.lock(), ids)
}

// VariantTies are the ties of variants that have any, with the variants locked
// in the order of their ids, so that nobody ties one meanwhile.
func (tx *Tx) VariantTies(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]VariantTie, error) {
	ties := map[shop.VariantID]VariantTie{}
	if len(ids) == 0 {
		return ties, nil
	}
	if err := tx.LockVariants(ctx, ids); err != nil {
		return nil, err
	}
	var rows []struct {
		VariantID shop.VariantID
		Kind      string
		N         int64
	}
	err := tx.raw(ctx, &rows, `SELECT variant_id, 'orders' AS kind, count(DISTINCT order_id) AS n FROM order_lines WHERE variant_id IN ? GROUP BY variant_id
		UNION ALL SELECT variant_id, 'held', CAST(sum(CASE WHEN state = 'held' THEN quantity ELSE 0 END) AS bigint) FROM stock_holds WHERE variant_id IN ? GROUP BY variant_id
		UNION ALL SELECT variant_id, 'sold', count(*) FROM stock_movements WHERE variant_id IN ? AND (cause_kind = 'order' OR step = 'sold') GROUP BY variant_id`,
		ids, ids, ids)
	for _, row := range rows {
		tie := ties[row.VariantID]
		switch row.Kind {
		case "orders":
			tie.Orders = int(row.N)
		case "held":
			tie.Held, tie.Sold = row.N, true
		case "sold":
			tie.Sold = true
		}
		ties[row.VariantID] = tie
	}
	return ties, err
}

// DeleteVariants removes variants without ties, with their counts and the
// movements that explain them. Bags keep their lines and say so.
func (tx *Tx) DeleteVariants(ctx context.Context, ids []shop.VariantID) error {
	if len(ids) == 0 {
		return nil
	}
	for _, table := range []string{"stock_movements", "stock_levels"} {
		if _, err := tx.exec(ctx, "DELETE FROM "+table+" WHERE variant_id IN ?", ids); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, "DELETE FROM variants WHERE id IN ?", ids)
	return err
}

// ParkVariants takes the option values of variants out of the way, so that
// they can be given in any order afterwards.
func (tx *Tx) ParkVariants(ctx context.Context, ids []shop.VariantID) error {
	for _, id := range ids {
		if _, err := tx.exec(ctx, "UPDATE variants SET option3 = ? WHERE id = ?", fmt.Sprintf("\t%d", id), id); err != nil {
			return err
		}
	}
	return nil
}

// Name is the variant with its product, as staff know it: "Ridge 2, 9 / D".
func (n Namesake) Name() string {
	if title := n.Variant.PublicTitle(); title != "" {
		return n.Title + ", " + title
	}
	return n.Title
}
