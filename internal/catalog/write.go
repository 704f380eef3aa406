package catalog

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// insert writes new products and asks for their pictures.
func insert(ctx context.Context, tx *database.Tx, products []shop.Product, cause shop.StockMovement) error {
	if len(products) == 0 {
		return nil
	}
	if err := tx.InsertProducts(ctx, products, cause); err != nil {
		return err
	}
	for _, p := range products {
		if err := wantPictures(ctx, tx, p.Images); err != nil {
			return err
		}
	}
	return nil
}

// update writes a draft's work on a product that exists.
func update(ctx context.Context, tx *database.Tx, d *draft, w work, cause shop.StockMovement) error {
	p := &d.after
	if err := tx.UpdateProduct(ctx, *p); err != nil { // first, since it locks
		return err
	}
	for _, part := range []struct {
		changed bool
		write   func() error
	}{
		{w.options, func() error { return tx.ReplaceOptions(ctx, p.ID, p.Options) }},
		{w.tags, func() error { return tx.ReplaceTags(ctx, p.ID, p.Tags) }},
		{w.fields, func() error { return tx.ReplaceFields(ctx, p.ID, p.Fields) }},
		{true, func() error { return updateImages(ctx, tx, p, w) }},
		{true, func() error { return updateVariants(ctx, tx, p, w, cause) }},
	} {
		if !part.changed {
			continue
		}
		if err := part.write(); err != nil {
			return err
		}
	}
	return nil
}

func updateImages(ctx context.Context, tx *database.Tx, p *shop.Product, w work) error {
	for _, n := range w.images {
		if err := tx.UpdateImage(ctx, p.Images[n]); err != nil {
			return err
		}
	}
	added := p.Images[len(p.Images)-w.newImages:]
	if err := tx.InsertImages(ctx, added); err != nil {
		return err
	}
	return wantPictures(ctx, tx, added)
}

// wantPictures queues the fetching of images that are only an address yet.
func wantPictures(ctx context.Context, tx *database.Tx, images []shop.ProductImage) error {
	for _, image := range images {
		if image.SourceURL == "" || image.PictureID != nil {
			continue
		}
		err := tx.Enqueue(ctx, shop.Job{
			Kind: shop.JobFetchPicture, Key: fmt.Sprint(image.ID), Payload: database.PayloadFor(int64(image.ID)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func updateVariants(ctx context.Context, tx *database.Tx, p *shop.Product, w work, cause shop.StockMovement) error {
	point(p)
	for _, n := range w.columns {
		if err := tx.UpdateVariant(ctx, p.Variants[n]); err != nil {
			return err
		}
	}
	for _, n := range w.variantFields {
		if err := tx.ReplaceVariantFields(ctx, p.Variants[n].ID, p.Variants[n].Fields); err != nil {
			return err
		}
	}
	return tx.InsertVariants(ctx, p.Variants[len(p.Variants)-len(w.newVariants):], cause)
}

// point gives variants that name a new image its id.
func point(p *shop.Product) {
	for i := range p.Variants {
		v := &p.Variants[i]
		for j := range p.Images {
			if v.ImageID == nil && v.ImageSource != "" && p.Images[j].SourceURL == v.ImageSource {
				v.ImageID = &p.Images[j].ID
			}
		}
	}
}

// moveStock sets the counts of all drafts, by variant, which is the order in
// which checkouts lock them.
func moveStock(ctx context.Context, tx *database.Tx, drafts []*draft, cause shop.StockMovement) error {
	var opening, moves []shop.StockMovement
	for _, d := range drafts {
		if d.before == nil {
			continue
		}
		w := workOf(d)
		for _, n := range append(w.opened, w.moves...) {
			v := d.after.Variants[n]
			m := cause
			m.VariantID, m.Delta = v.ID, v.Stock.OnHand-d.before.Variants[n].Stock.OnHand
			if v.Stock.VariantID == 0 {
				opening = append(opening, m)
			} else {
				moves = append(moves, m)
			}
		}
	}
	if err := tx.OpenStock(ctx, opening); err != nil {
		return err
	}
	slices.SortFunc(moves, func(a, b shop.StockMovement) int { return cmp.Compare(a.VariantID, b.VariantID) })
	for _, m := range moves {
		if _, err := tx.CorrectStock(ctx, m); err != nil {
			return err
		}
	}
	return nil
}
