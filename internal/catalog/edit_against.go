package catalog

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// checkAgainst looks at what only the database can tell. An error is one of
// the database; what is wrong becomes a fault.
func (w *editing) checkAgainst(ctx context.Context, tx *database.Tx, after *shop.Product) error {
	if len(after.Variants) > maxVariants {
		return w.faults.err()
	}
	w.checkForeign()
	for _, look := range []func(context.Context, *database.Tx, *shop.Product) error{
		w.checkHandle, w.checkNamesakes, w.checkRemoved, w.checkHeld,
	} {
		if err := look(ctx, tx, after); err != nil {
			return err
		}
	}
	return nil
}

// checkForeign refuses images and variants that are not this product's.
func (w *editing) checkForeign() {
	old := shop.Product{}
	if w.before != nil {
		old = *w.before
	}
	for i, image := range w.Product.Images {
		if !slices.ContainsFunc(old.Images, func(o shop.ProductImage) bool { return o.ID == image.ID }) {
			w.faults.set("images."+number(i), "This picture is not one of this product's.")
		}
	}
	for i := range w.Product.Variants {
		if v := &w.Product.Variants[i]; v.ID != 0 && old.Variant(v.ID) == nil {
			w.faults.set("variants."+number(i), "%s is not one of this product's sizes.", v.Title())
		}
	}
}

func (w *editing) checkHandle(ctx context.Context, tx *database.Tx, after *shop.Product) error {
	if after.Handle == "" || w.before != nil && w.before.Handle == after.Handle {
		return nil
	}
	free, err := freeHandle(ctx, tx.Reader, after.Handle)
	if err == nil && free != after.Handle {
		w.faults.set("handle", "Another product has the address %s. %s is free.", after.Handle, free)
	}
	return err
}

// freeHandle is a handle if no product has it, else the first of handle-2,
// handle-3 and so on that none has.
func freeHandle(ctx context.Context, r database.Reader, handle string) (string, error) {
	wishes := []string{handle}
	for n := 2; n <= 50; n++ {
		suffix := fmt.Sprintf("-%d", n)
		wishes = append(wishes, handle[:min(len(handle), shop.MaxHandle-len(suffix))]+suffix)
	}
	taken, err := r.HandlesTaken(ctx, wishes)
	for _, wish := range wishes {
		if _, is := taken[wish]; !is {
			return wish, err
		}
	}
	return "another", err
}

// checkNamesakes refuses SKUs and barcodes that other products have.
func (w *editing) checkNamesakes(ctx context.Context, tx *database.Tx, after *shop.Product) error {
	var skus, barcodes []string
	for i := range after.Variants {
		v, was := &after.Variants[i], w.wasVariant(after.Variants[i].ID)
		if v.SKU != "" && v.SKU != was.SKU {
			skus = append(skus, v.SKU)
		}
		if v.Barcode != "" && v.Barcode != was.Barcode {
			barcodes = append(barcodes, v.Barcode)
		}
	}
	bySKU, byBarcode, err := tx.Namesakes(ctx, w.ID, skus, barcodes)
	for i := range after.Variants {
		v, was := &after.Variants[i], w.wasVariant(after.Variants[i].ID)
		if other, taken := bySKU[v.SKU]; taken && v.SKU != was.SKU {
			w.faults.cell(i, "sku", "%q is the SKU of %s.", v.SKU, other.Name())
		}
		if other, taken := byBarcode[v.Barcode]; taken && v.Barcode != was.Barcode {
			w.faults.cell(i, "barcode", "%q is the barcode of %s.", v.Barcode, other.Name())
		}
	}
	return err
}

// wasVariant is a variant as it is stored, an empty one when it is new.
func (w *editing) wasVariant(id shop.VariantID) shop.Variant {
	if w.before != nil && id != 0 {
		if v := w.before.Variant(id); v != nil {
			return *v
		}
	}
	return shop.Variant{}
}

// removed are the variants that shall go.
func (w *editing) removed() []shop.Variant {
	var gone []shop.Variant
	if w.before == nil {
		return nil
	}
	for i := range w.before.Variants {
		if v := w.before.Variants[i]; w.Product.Variant(v.ID) == nil {
			gone = append(gone, v)
		}
	}
	return gone
}

// renamed are the variants that get other options.
func (w *editing) renamed(after *shop.Product) []shop.VariantID {
	var ids []shop.VariantID
	for i := range after.Variants {
		v, was := &after.Variants[i], w.wasVariant(after.Variants[i].ID)
		if was.ID != 0 && (was.Option1 != v.Option1 || was.Option2 != v.Option2 || was.Option3 != v.Option3) {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

func (w *editing) checkRemoved(ctx context.Context, tx *database.Tx, after *shop.Product) error {
	gone := w.removed()
	if err := tx.LockVariants(ctx, slices.Concat(variantIDs(gone), w.renamed(after), w.stopping(after))); err != nil { // before any count
		return err
	}
	ties, err := tx.VariantTies(ctx, variantIDs(gone))
	for i := range gone {
		if tie, tied := ties[gone[i].ID]; tied {
			w.faults.set(fmt.Sprintf("removed.%d", gone[i].ID), "%s", tieSentence(&gone[i], tie))
		}
	}
	return err
}

func tieSentence(v *shop.Variant, tie database.VariantTie) string {
	const instead = "so it cannot be removed; set its count to 0 to stop selling it."
	switch {
	case tie.Held > 0:
		return fmt.Sprintf("%s is being paid for right now, %s", sizeName(v), instead)
	case tie.Orders > 0:
		return fmt.Sprintf("%s is part of %s, %s", sizeName(v), plural(tie.Orders, "order"), instead)
	}
	return fmt.Sprintf("%s was sold before, %s", sizeName(v), instead)
}

// sizeName is a variant as a sentence begins with it.
func sizeName(v *shop.Variant) string {
	if title := v.PublicTitle(); title != "" {
		return "Size " + title
	}
	return "The product"
}

func variantIDs(variants []shop.Variant) []shop.VariantID {
	ids := make([]shop.VariantID, len(variants))
	for i := range variants {
		ids[i] = variants[i].ID
	}
	return ids
}

// checkHeld refuses counts below what is kept for shoppers who are paying, and
// to stop at nothing what is below that already.
func (w *editing) checkHeld(ctx context.Context, tx *database.Tx, after *shop.Product) error {
	moves, stopping := w.moves(after), w.stopping(after)
	ids := slices.Concat(slices.Collect(maps.Keys(moves)), stopping)
	if len(ids) == 0 {
		return nil
	}
	levels, err := tx.LockStock(ctx, ids)
	for i := range after.Variants {
		v := &after.Variants[i]
		level, delta := levels[v.ID], moves[v.ID]
		if level.OnHand+delta < level.Held && slices.Contains(stopping, v.ID) {
			w.faults.cell(i, "policy", "%s has %d on hand and %d of them being paid for. Set its count right before it stops at nothing.",
				sizeName(v), level.OnHand+delta, level.Held)
		} else if delta < 0 && v.Policy == shop.PolicyDeny && level.OnHand+delta < level.Held {
			w.faults.cell(i, "on_hand", "%d of %s are being paid for right now, of %d on hand; the count can go down by %d.",
				level.Held, sizeName(v), level.OnHand, max(level.OnHand-level.Held, 0))
		}
	}
	return err
}

// stopping are the counted variants that might be oversold until now and may
// not be any more.
func (w *editing) stopping(after *shop.Product) []shop.VariantID {
	var ids []shop.VariantID
	for i := range after.Variants {
		v, was := &after.Variants[i], w.wasVariant(after.Variants[i].ID)
		stops := func(v *shop.Variant) bool { return v.Tracked && v.Policy == shop.PolicyDeny }
		if was.Stock.VariantID != 0 && stops(v) && !stops(&was) {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// moves are the changes of counts that exist, by variant.
func (w *editing) moves(after *shop.Product) map[shop.VariantID]int64 {
	moves := map[shop.VariantID]int64{}
	for i := range after.Variants {
		v := &after.Variants[i]
		was := w.wasVariant(v.ID)
		if was.Stock.VariantID != 0 && v.Tracked && v.Stock.OnHand != was.Stock.OnHand {
			moves[v.ID] = v.Stock.OnHand - was.Stock.OnHand
		}
	}
	return moves
}
