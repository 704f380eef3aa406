package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// InsertProducts writes new products with everything that hangs on them and
// fills all ids. A variant gets the image whose source its ImageSource names.
// What a tracked variant's Stock has on hand is its opening stock; cause gives
// the movements' cause and actor. A handle or a set of options that is taken
// gives shop.ErrExists. Addresses that led elsewhere are theirs from now on.
func (tx *Tx) InsertProducts(ctx context.Context, products []shop.Product, cause shop.StockMovement) error {
	var paths []string
	for i := range products {
		p := &products[i]
		p.PriceLow, _ = p.PriceRange()
		p.CreatedAt, p.UpdatedAt, p.Version = tx.now, tx.now, 1
		paths = append(paths, "/products/"+p.Handle)
	}
	if err := tx.insertRows(ctx, len(products), &products); err != nil {
		return err
	}
	if err := tx.DropRedirects(ctx, paths...); err != nil {
		return err
	}
	if err := tx.insertChildren(ctx, products); err != nil {
		return err
	}
	var variants []shop.Variant
	for i := range products {
		p := &products[i]
		for j := range p.Variants {
			p.Variants[j].ProductID = p.ID
		}
		variants = append(variants, p.Variants...)
	}
	if err := tx.InsertVariants(ctx, variants, cause); err != nil {
		return err
	}
	for i, at := 0, 0; i < len(products); i++ {
		at += copy(products[i].Variants, variants[at:])
	}
	return tx.changedProducts(ctx, products)
}

// insertChildren writes options, images, tags and fields, and points variants
// at their images.
func (tx *Tx) insertChildren(ctx context.Context, products []shop.Product) error {
	var options []shop.ProductOption
	var images []shop.ProductImage
	var tags []shop.ProductTag
	var fields []shop.ProductField
	for i := range products {
		p := &products[i]
		own(p)
		options = append(options, p.Options...)
		images = append(images, p.Images...)
		tags = append(tags, p.Tags...)
		fields = append(fields, p.Fields...)
	}
	if err := tx.insertRows(ctx, len(images), &images); err != nil {
		return err
	}
	for i, at := 0, 0; i < len(products); i++ {
		at += copy(products[i].Images, images[at:])
		pointVariants(&products[i])
	}
	if err := tx.insertRows(ctx, len(options), &options); err != nil {
		return err
	}
	if err := tx.insertRows(ctx, len(tags), &tags); err != nil {
		return err
	}
	return tx.insertRows(ctx, len(fields), &fields)
}

// own writes a product's id into what hangs on it.
func own(p *shop.Product) {
	for i := range p.Options {
		p.Options[i].ProductID = p.ID
	}
	for i := range p.Images {
		p.Images[i].ProductID = p.ID
	}
	for i := range p.Tags {
		p.Tags[i].ProductID = p.ID
	}
	for i := range p.Fields {
		p.Fields[i].ProductID = p.ID
	}
}

// pointVariants gives variants that name an image's source that image.
func pointVariants(p *shop.Product) {
	images := make(map[string]shop.ImageID, len(p.Images))
	for _, image := range p.Images {
		images[image.SourceURL] = image.ID
	}
	for i := range p.Variants {
		v := &p.Variants[i]
		if id, ok := images[v.ImageSource]; ok && v.ImageSource != "" {
			v.ImageID = &id
		}
	}
}

// insertRows writes a slice of n rows, which may be none.
func (tx *Tx) insertRows(ctx context.Context, n int, rows any) error {
	if n == 0 {
		return nil
	}
	return tx.insert(ctx, rows)
}

func (tx *Tx) changedProducts(ctx context.Context, products []shop.Product) error {
	for i := range products {
		if err := tx.Changed(ctx, shop.ChangeProduct, fmt.Sprint(products[i].ID)); err != nil {
			return err
		}
	}
	return tx.Changed(ctx, shop.ChangeCatalog, "")
}
