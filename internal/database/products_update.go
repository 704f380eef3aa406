package database

import (
	"context"

	"longrun/internal/shop"
)

const updateProduct = `UPDATE products SET title = ?, description = ?, vendor = ?, category = ?, type = ?,
	status = ?, published = ?, seo_title = ?, seo_text = ?, gift_card = ?, family = ?, colour = ?,
	publish_at = ?, on_sale_at = ?, order_limit = ?, gender = ?, surface = ?, support = ?, cushioning = ?,
	drop_mm = ?, heel_mm = ?, forefoot_mm = ?, weight_grams = ?, released = ?, fit_note = ?,
	price_low = ?, updated_at = ?, version = version + 1
	WHERE id = ? AND version = ?`

// UpdateProduct writes a product's own columns and raises its version. If
// someone else has changed it since p was read it returns KindConflict and
// changes nothing.
func (tx *Tx) UpdateProduct(ctx context.Context, p shop.Product) error {
	low, _ := p.PriceRange()
	n, err := tx.exec(ctx, updateProduct, p.Title, p.Description, p.Vendor, p.Category, p.Type,
		p.Status, p.Published, p.SEOTitle, p.SEOText, p.GiftCard, p.Family, p.Colour,
		p.PublishAt, p.OnSaleAt, p.OrderLimit, p.Gender, p.Surface, p.Support, p.Cushioning,
		p.DropMM, p.HeelMM, p.ForefootMM, p.WeightGrams, p.Released, p.FitNote,
		low, tx.now, p.ID, p.Version)
	if err == nil && n == 0 {
		return shop.Conflict("%s has just been changed by someone else; try again", p.Title)
	}
	if err != nil {
		return err
	}
	return tx.changedProducts(ctx, []shop.Product{p})
}

// ReplaceOptions makes these the names of a product's options.
func (tx *Tx) ReplaceOptions(ctx context.Context, id shop.ProductID, options []shop.ProductOption) error {
	if _, err := tx.exec(ctx, "DELETE FROM product_options WHERE product_id = ?", id); err != nil {
		return err
	}
	return tx.insertRows(ctx, len(options), &options)
}

// ReplaceTags makes these a product's tags.
func (tx *Tx) ReplaceTags(ctx context.Context, id shop.ProductID, tags []shop.ProductTag) error {
	if _, err := tx.exec(ctx, "DELETE FROM product_tags WHERE product_id = ?", id); err != nil {
		return err
	}
	return tx.insertRows(ctx, len(tags), &tags)
}

// ReplaceFields makes these a product's kept fields.
func (tx *Tx) ReplaceFields(ctx context.Context, id shop.ProductID, fields []shop.ProductField) error {
	if _, err := tx.exec(ctx, "DELETE FROM product_fields WHERE product_id = ?", id); err != nil {
		return err
	}
	return tx.insertRows(ctx, len(fields), &fields)
}

// InsertImages adds images to a product and fills their ids.
func (tx *Tx) InsertImages(ctx context.Context, images []shop.ProductImage) error {
	return tx.insertRows(ctx, len(images), &images)
}

// UpdateImage writes an image's place and text.
func (tx *Tx) UpdateImage(ctx context.Context, image shop.ProductImage) error {
	_, err := tx.exec(ctx, "UPDATE product_images SET position = ?, alt = ? WHERE id = ? AND product_id = ?",
		image.Position, image.Alt, image.ID, image.ProductID)
	return err
}
