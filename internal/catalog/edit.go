package catalog

import (
	"context"

	"longrun/internal/shop"
)

// Edit is a product as staff sent it, whole: what is absent is removed.
type Edit struct {
	ID       shop.ProductID           // 0 for a new one
	Version  int64                    // that was read; ignored for a new one
	Product  shop.Product             // own columns; Options; Tags; Variants (ID 0 is new; Stock.OnHand is what is wanted); Images (those kept, in order, with alt)
	Seen     map[shop.VariantID]int64 // counts on hand when the form was shown
	Key      string                   // random, names the form: its stock movements happen once
	Sure     bool                     // the warnings have been seen
	Redirect bool                     // if the handle changes, the old one leads to the new one
}

// Clash says that somebody else saved the product since it was read. It is of
// KindConflict; Current is the product as it is now.
type Clash struct {
	*shop.Error
	Current shop.Product
}

// Unwrap gives the error whose kind and message it has.
func (c *Clash) Unwrap() error { return c.Error }

// Unsure says what is unlikely to be meant. It is of KindConflict; nothing is
// saved until Edit.Sure is set.
type Unsure struct {
	*shop.Error
	Warnings []string // sentences for staff, one a matter
}

// Unwrap gives the error whose kind and message it has.
func (u *Unsure) Unwrap() error { return u.Error }

// Save writes a product whole.
func (c *Catalog) Save(ctx context.Context, who string, e Edit) (shop.Product, error) {
	return shop.Product{}, shop.Conflict("unfinished")
}

// DuplicateTo says what the copy of a product is called.
type DuplicateTo struct {
	Title    string
	Handle   string // "" for the title's
	Colour   string
	Pictures bool // the copy shows the same pictures
}

// Duplicate makes a draft like a product.
func (c *Catalog) Duplicate(ctx context.Context, who string, id shop.ProductID, to DuplicateTo) (shop.Product, error) {
	return shop.Product{}, shop.Conflict("unfinished")
}

// Delete removes a product that was never sold and archives another.
func (c *Catalog) Delete(ctx context.Context, who string, id shop.ProductID) (archived bool, err error) {
	return false, shop.Conflict("unfinished")
}

// SetStatus gives products a status.
func (c *Catalog) SetStatus(ctx context.Context, who string, ids []shop.ProductID, status shop.ProductStatus) error {
	return shop.Conflict("unfinished")
}
