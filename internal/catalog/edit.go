package catalog

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Edit is a product as staff sent it, whole: what is absent is removed. Only
// what files keep beside the shop's own columns stays as it is.
type Edit struct {
	ID       shop.ProductID           // 0 for a new one
	Version  int64                    // that was read; ignored for a new one
	Product  shop.Product             // own columns; Options; Tags; Variants (ID 0 is new; Stock.OnHand is what is wanted); Images (those kept, in order, with alt)
	Uploads  []Upload                 // new pictures, which come after those kept
	Seen     map[shop.VariantID]int64 // counts on hand when the form was shown: the stock moves by what is wanted less what was seen
	Key      string                   // random, names the form: what it does happens once
	Sure     bool                     // the warnings have been seen
	Redirect bool                     // if the handle changes, the old one leads to the new one
	Faults   map[string]string        // what could not even be read, by input; with any nothing is saved
}

// Upload is a new picture.
type Upload struct {
	Alt  string
	File []byte
}

// Clash says that somebody else saved the product since it was read. It is of
// KindConflict; Current is the product as it is now.
type Clash struct {
	Current shop.Product
	refusal *shop.Error
}

// Error says so.
func (c *Clash) Error() string { return c.refusal.Message }

// Unwrap gives the error whose kind and message it has.
func (c *Clash) Unwrap() error { return c.refusal }

// Unsure says what is unlikely to be meant. It is of KindConflict; nothing is
// saved until Edit.Sure is set.
type Unsure struct {
	Warnings []string // sentences for staff, one a matter
	refusal  *shop.Error
}

// Error says so.
func (u *Unsure) Error() string { return u.refusal.Message }

// Unwrap gives the error whose kind and message it has.
func (u *Unsure) Unwrap() error { return u.refusal }

// Save makes a product, or turns one into what staff sent, and returns it as
// it is then. An Edit whose Key has been saved before changes nothing more.
//
// What is wrong is KindInvalid with every input in Fields: those of the product
// by the names of its columns, "options.0.name", and of the variant at an index
// "variants.3.price", "compare_at", "cost", "sku", "barcode", "option1" to
// "option3", "on_hand", "grams", or "variants.3" for the variant itself. One
// that was removed and may not be is at "removed.ID". A version that is not
// the current one is a *Clash, what looks like a slip an *Unsure.
func (c *Catalog) Save(ctx context.Context, who string, e Edit) (shop.Product, error) {
	w := &editing{Edit: e, who: who, faults: newFaults(e.Faults)}
	w.tidy()
	w.check()
	w.form = w.fingerprint()
	if err := w.keepUploads(c); err != nil {
		return shop.Product{}, err
	}
	faults := w.faults.clone()
	var saved shop.Product
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		w.faults = faults.clone()
		var err error
		saved, err = w.save(ctx, tx)
		return err
	})
	if err != nil && (w.ID == 0 || isTaken(err)) {
		return c.afterRace(ctx, w, err)
	}
	return saved, err
}

// afterRace looks at what was there first: this very form, sent twice, or
// another product with the handle.
func (c *Catalog) afterRace(ctx context.Context, w *editing, refusal error) (shop.Product, error) {
	taken, err := c.db.ProductsByHandles(ctx, []string{w.Product.Handle})
	if err != nil {
		return shop.Product{}, err
	}
	p, there := taken[w.Product.Handle]
	if again, err := isSavedBy(ctx, c.db.Reader, p.ID, w.form); err != nil || again {
		return p, err
	}
	switch {
	case !isTaken(refusal):
		return shop.Product{}, refusal
	case !there || p.ID == w.ID:
		return shop.Product{}, shop.Conflict("Somebody else changed something at the same moment. Please try again.")
	}
	w.faults.set("handle", "This address was taken just now. Choose another.")
	return shop.Product{}, w.faults.err()
}

// editing is one run of Save.
type editing struct {
	Edit
	who      string
	form     string // its fingerprint
	faults   *faults
	pictures []shop.Picture // of the uploads, kept
	before   *shop.Product  // nil for a new one
}

func (w *editing) save(ctx context.Context, tx *database.Tx) (shop.Product, error) {
	id := w.ID
	if w.before = nil; id != 0 {
		if err := w.lock(ctx, tx); err != nil {
			return shop.Product{}, err
		}
	} else {
		taken, err := tx.HandlesTaken(ctx, []string{w.Product.Handle})
		if err != nil {
			return shop.Product{}, err
		}
		id = taken[w.Product.Handle]
	}
	switch again, err := isSavedBy(ctx, tx.Reader, id, w.form); {
	case err != nil:
		return shop.Product{}, err
	case again:
		return tx.ProductForStaff(ctx, id)
	case w.before != nil && w.before.Version != w.Version:
		return shop.Product{}, &Clash{*w.before, shop.Conflict("Somebody else has changed %s since you opened it.", w.before.Title)}
	}
	after := w.after()
	if err := w.checkAgainst(ctx, tx, &after); err != nil {
		return shop.Product{}, err
	}
	if err := w.faults.err(); err != nil {
		return shop.Product{}, err
	}
	if warnings := w.warnings(&after); len(warnings) > 0 && !w.Sure {
		return shop.Product{}, &Unsure{warnings, shop.Conflict("Look again: this is unusual. Nothing is saved yet.")}
	}
	return w.write(ctx, tx, after)
}

// lock reads the product and keeps others from changing it.
func (w *editing) lock(ctx context.Context, tx *database.Tx) error {
	if err := tx.LockProduct(ctx, w.ID); err != nil {
		return err
	}
	p, err := tx.ProductForStaff(ctx, w.ID)
	w.before = &p
	return err
}
