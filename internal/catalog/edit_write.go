package catalog

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// keepUploads keeps the new pictures, re-encoded. What is no picture becomes a
// fault.
func (w *editing) keepUploads(c *Catalog) error {
	for i, upload := range w.Uploads {
		kept, err := c.store.Put(upload.File)
		switch {
		case err == nil:
			w.pictures = append(w.pictures, rowOf(kept))
		case shop.KindOf(err) == shop.KindInvalid || shop.KindOf(err) == shop.KindTooLarge:
			w.faults.set("uploads."+number(i), "%s", shop.MessageOf(err))
		default:
			return err
		}
	}
	return nil
}

// fingerprint names this very form with this very content: sent twice it is
// the same, and changed in between it is another.
func (w *editing) fingerprint() string {
	e := w.Edit
	e.Sure = false
	text, _ := json.Marshal(e)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

func (w *editing) write(ctx context.Context, tx *database.Tx, after shop.Product) (shop.Product, error) {
	for i := range after.Images {
		if image := &after.Images[i]; image.ID == 0 && image.Picture != nil {
			kept, err := tx.KeepPicture(ctx, *image.Picture)
			if err != nil {
				return after, err
			}
			image.PictureID = &kept.ID
		}
	}
	id, err := after.ID, error(nil)
	if w.before == nil {
		id, err = w.make(ctx, tx, after)
	} else if w.same(&after) {
		return *w.before, nil
	} else {
		err = w.change(ctx, tx, &after)
	}
	if err != nil {
		return after, err
	}
	return tx.ProductForStaff(ctx, id)
}

func (w *editing) cause() shop.StockMovement {
	return shop.StockMovement{
		CauseKind: "adjustment", CauseID: "form " + w.form, Step: "edit", Who: w.who, Note: "Changed on the product's page",
	}
}

func (w *editing) make(ctx context.Context, tx *database.Tx, p shop.Product) (shop.ProductID, error) {
	products := []shop.Product{p}
	cause := w.cause()
	cause.Step, cause.Note = "open", ""
	if err := insert(ctx, tx, products, cause); err != nil {
		return 0, err
	}
	w.audit(tx, "product.create", products[0].ID, &p)
	return products[0].ID, nil
}

// same says that nothing is to be done.
func (w *editing) same(after *shop.Product) bool {
	before, now := notes(w.before, w.before), notes(after, w.before)
	return reflect.DeepEqual(before, now) && len(w.pictures) == 0
}

func (w *editing) change(ctx context.Context, tx *database.Tx, p *shop.Product) error {
	if err := w.rename(ctx, tx, p); err != nil {
		return err
	}
	if err := tx.UpdateProduct(ctx, *p); err != nil {
		return err
	}
	for _, part := range []func(context.Context, *database.Tx, *shop.Product) error{
		w.writeLists, w.writeImages, w.writeVariants, w.writeStock,
	} {
		if err := part(ctx, tx, p); err != nil {
			return err
		}
	}
	w.audit(tx, "product.save", p.ID, p)
	return nil
}

// rename gives the product its handle; the old one leads to it if wanted.
func (w *editing) rename(ctx context.Context, tx *database.Tx, p *shop.Product) error {
	if p.Handle == w.before.Handle {
		return nil
	}
	if err := tx.RenameProduct(ctx, p.ID, p.Handle); err != nil {
		return err
	}
	if w.Redirect {
		return tx.AddRedirect(ctx, productPath(w.before.Handle), productPath(p.Handle))
	}
	if err := tx.DropRedirectsTo(ctx, productPath(w.before.Handle)); err != nil {
		return err
	}
	return tx.DropRedirects(ctx, productPath(p.Handle))
}

func productPath(handle string) string { return "/products/" + handle }

func (w *editing) writeLists(ctx context.Context, tx *database.Tx, p *shop.Product) error {
	if !slices.Equal(p.Options, w.before.Options) {
		if err := tx.ReplaceOptions(ctx, p.ID, p.Options); err != nil {
			return err
		}
	}
	if slices.Equal(p.Tags, w.before.Tags) {
		return nil
	}
	return tx.ReplaceTags(ctx, p.ID, p.Tags)
}

func (w *editing) writeImages(ctx context.Context, tx *database.Tx, p *shop.Product) error {
	var gone []shop.ImageID
	var added []shop.ProductImage
	for _, old := range w.before.Images {
		if !slices.ContainsFunc(p.Images, func(i shop.ProductImage) bool { return i.ID == old.ID }) {
			gone = append(gone, old.ID)
		}
	}
	if err := tx.DeleteImages(ctx, p.ID, gone); err != nil {
		return err
	}
	for i := range p.Variants {
		if v := &p.Variants[i]; v.ImageID != nil && slices.Contains(gone, *v.ImageID) {
			v.ImageID = nil
		}
	}
	for _, image := range p.Images {
		if image.ID == 0 {
			added = append(added, image)
		} else if err := tx.UpdateImage(ctx, image); err != nil {
			return err
		}
	}
	return tx.InsertImages(ctx, added)
}

// writeVariants removes first, so that what comes after finds its options and
// SKUs free.
func (w *editing) writeVariants(ctx context.Context, tx *database.Tx, p *shop.Product) error {
	if err := tx.DeleteVariants(ctx, variantIDs(w.removed())); err != nil {
		return err
	}
	var changed, added []shop.Variant
	for i := range p.Variants {
		v, was := p.Variants[i], w.wasVariant(p.Variants[i].ID)
		switch {
		case was.ID == 0:
			added = append(added, v)
			continue
		case reflect.DeepEqual(bareVariant(was), bareVariant(v)):
			continue
		}
		changed = append(changed, v)
	}
	if err := tx.ParkVariants(ctx, w.renamed(p)); err != nil {
		return err
	}
	slices.SortFunc(changed, func(a, b shop.Variant) int { return cmp.Compare(a.ID, b.ID) })
	for _, v := range changed {
		if err := tx.UpdateVariant(ctx, v); err != nil {
			return err
		}
	}
	cause := w.cause()
	cause.Step, cause.Note = "open", ""
	return tx.InsertVariants(ctx, added, cause)
}

// writeStock opens counts that were none and moves the others, by variant,
// which is the order in which checkouts lock them.
func (w *editing) writeStock(ctx context.Context, tx *database.Tx, p *shop.Product) error {
	var opening, moves []shop.StockMovement
	deltas := w.moves(p)
	for i := range p.Variants {
		v, was := &p.Variants[i], w.wasVariant(p.Variants[i].ID)
		m := w.cause()
		m.VariantID, m.Delta = v.ID, deltas[v.ID]
		switch {
		case was.ID != 0 && was.Stock.VariantID == 0 && v.Tracked:
			m.Delta, m.Step = v.Stock.OnHand, "open"
			opening = append(opening, m)
		case m.Delta != 0:
			moves = append(moves, m)
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
