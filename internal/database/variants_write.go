package database

import (
	"context"

	"longrun/internal/shop"
)

// InsertVariants writes new variants of products that exist, their fields and
// the opening stock of the tracked ones, and fills their ids.
func (tx *Tx) InsertVariants(ctx context.Context, variants []shop.Variant, cause shop.StockMovement) error {
	for i := range variants {
		variants[i].CreatedAt, variants[i].UpdatedAt = tx.now, tx.now
	}
	if err := tx.insertRows(ctx, len(variants), &variants); err != nil {
		return err
	}
	var fields []shop.VariantField
	var opening []shop.StockMovement
	for i := range variants {
		v := &variants[i]
		for j := range v.Fields {
			v.Fields[j].VariantID = v.ID
		}
		fields = append(fields, v.Fields...)
		v.Stock.VariantID = v.ID
		if v.Tracked {
			m := cause
			m.VariantID, m.Delta = v.ID, v.Stock.OnHand
			opening = append(opening, m)
		}
	}
	if err := tx.insertRows(ctx, len(fields), &fields); err != nil {
		return err
	}
	return tx.OpenStock(ctx, opening)
}

const updateVariant = `UPDATE variants SET position = ?, option1 = ?, option2 = ?, option3 = ?, sku = ?, barcode = ?,
	price = ?, compare_at = ?, cost = ?, grams = ?, weight_unit = ?, tracked = ?, policy = ?, taxable = ?,
	tax_code = ?, requires_shipping = ?, image_id = ?, image_source = ?, updated_at = ?
	WHERE id = ? AND product_id = ?`

// UpdateVariant writes a variant's own columns.
func (tx *Tx) UpdateVariant(ctx context.Context, v shop.Variant) error {
	n, err := tx.exec(ctx, updateVariant, v.Position, v.Option1, v.Option2, v.Option3, v.SKU, v.Barcode,
		v.Price, v.CompareAt, v.Cost, v.Grams, v.WeightUnit, v.Tracked, v.Policy, v.Taxable,
		v.TaxCode, v.RequiresShipping, v.ImageID, v.ImageSource, tx.now, v.ID, v.ProductID)
	if err == nil && n == 0 {
		return shop.Conflict("a variant has just been removed by someone else; try again")
	}
	return err
}

// ReplaceVariantFields makes these a variant's kept fields.
func (tx *Tx) ReplaceVariantFields(ctx context.Context, id shop.VariantID, fields []shop.VariantField) error {
	if _, err := tx.exec(ctx, "DELETE FROM variant_fields WHERE variant_id = ?", id); err != nil {
		return err
	}
	return tx.insertRows(ctx, len(fields), &fields)
}
