package database

import (
	"context"

	"longrun/internal/shop"
)

// VariantsByIDs are the variants with these ids, each as its product with its
// options and images and this variant alone, stock included. Products that
// shoppers may not see are there too: a bag must be able to say so. Unknown
// ids are left out.
func (r Reader) VariantsByIDs(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]shop.Product, error) {
	found := make(map[shop.VariantID]shop.Product, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var variants []shop.Variant
	if err := r.raw(ctx, &variants, "SELECT * FROM variants WHERE id IN ?", ids); err != nil {
		return nil, err
	}
	stock, err := r.stockWhere(ctx, "v.id IN ?", ids)
	if err != nil {
		return nil, err
	}
	products, err := r.productsOf(ctx, variants)
	if err != nil {
		return nil, err
	}
	for _, v := range variants {
		v.Stock = stock[v.ID]
		p := products[v.ProductID]
		p.Variants = []shop.Variant{v}
		found[v.ID] = p
	}
	return found, nil
}

// productsOf reads the products of variants, with options and images.
func (r Reader) productsOf(ctx context.Context, variants []shop.Variant) (map[shop.ProductID]shop.Product, error) {
	var ids []shop.ProductID
	found := make(map[shop.ProductID]shop.Product, len(variants))
	for _, v := range variants {
		if _, seen := found[v.ProductID]; !seen {
			found[v.ProductID] = shop.Product{}
			ids = append(ids, v.ProductID)
		}
	}
	products, err := r.inOrder(ctx, ids, "")
	if err != nil || len(products) == 0 {
		return nil, err
	}
	s := shelve(products)
	if err := r.fillOptions(ctx, s); err != nil {
		return nil, err
	}
	if err := r.fillImages(ctx, s); err != nil {
		return nil, err
	}
	for _, p := range products {
		found[p.ID] = p
	}
	return found, nil
}
