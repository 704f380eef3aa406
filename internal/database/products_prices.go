package database

import (
	"context"

	"longrun/internal/shop"
)

// PricedVariant is a variant as a list of prices names it.
type PricedVariant struct {
	ID        shop.VariantID
	ProductID shop.ProductID
	Product   string // its title
	Option1   string
	Option2   string
	Option3   string
	SKU       string
	Price     shop.Cents
}

// Title is its option values, "" where there is nothing to choose.
func (v PricedVariant) Title() string {
	return (&shop.Variant{Option1: v.Option1, Option2: v.Option2, Option3: v.Option3}).PublicTitle()
}

// PricesBySKU are the variants of products of any status that have one of
// these SKUs, letter for letter. Several may have the same.
func (r Reader) PricesBySKU(ctx context.Context, skus []string) ([]PricedVariant, error) {
	const most = 500 // of values in one question
	var found []PricedVariant
	for len(skus) > 0 {
		n := min(most, len(skus))
		var some []PricedVariant
		err := r.raw(ctx, &some, `SELECT v.id, v.product_id, p.title AS product, v.option1, v.option2, v.option3, v.sku, v.price
			FROM variants v JOIN products p ON p.id = v.product_id WHERE v.sku <> '' AND v.sku IN ? ORDER BY v.id`, skus[:n])
		if err != nil {
			return nil, err
		}
		found, skus = append(found, some...), skus[n:]
	}
	return found, nil
}

// SetPrice gives a variant another price and says whether it still had the
// one it was read with.
func (tx *Tx) SetPrice(ctx context.Context, v PricedVariant, to shop.Cents) (bool, error) {
	return one(tx.exec(ctx, "UPDATE variants SET price = ?, updated_at = ? WHERE id = ? AND product_id = ? AND price = ?",
		to, tx.now, v.ID, v.ProductID, v.Price))
}

// Repriced raises a product's version after its variants have other prices.
func (tx *Tx) Repriced(ctx context.Context, id shop.ProductID) error {
	_, err := tx.exec(ctx, `UPDATE products SET version = version + 1, updated_at = ?,
		price_low = (SELECT coalesce(min(v.price), 0) FROM variants v WHERE v.product_id = products.id) WHERE id = ?`, tx.now, id)
	if err != nil {
		return err
	}
	return tx.changedProducts(ctx, []shop.Product{{ID: id}})
}
