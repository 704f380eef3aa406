package database

import (
	"context"

	"longrun/internal/shop"
)

// ProductSearch asks for one page of the products as staff see them.
type ProductSearch struct {
	Tab        string // a status, or "" for all
	Text       string // words of title, vendor or handle anywhere, or the beginning of an SKU or barcode
	Vendor     string
	Type       string
	Tag        string
	Collection *shop.CollectionID
	Stock      string         // "out", "low" or ""
	After      *ProductCursor // where the page before ended, nil for the first
	Limit      int            // 1 to 250, else 50
}

// ProductCursor is the place of a product in the list, newest change first.
type ProductCursor struct {
	UpdatedAt shop.Instant
	ID        shop.ProductID
}

// ProductRow is a line of the staff's list of products.
type ProductRow struct {
	ID        shop.ProductID
	Handle    string
	Title     string
	Status    shop.ProductStatus
	Published bool
	Vendor    string
	Type      string
	UpdatedAt shop.Instant
	PublishAt *shop.Instant
	OnSaleAt  *shop.Instant
	Variants  int
	PriceLow  shop.Cents
	PriceHigh shop.Cents
	Tracked   bool               // some variant has counts
	Free      int64              // what can still be promised, of all its variants with counts
	Picture   *shop.ProductImage `gorm:"-"`
}

// Cursor is the row's place in the list.
func (p ProductRow) Cursor() ProductCursor { return ProductCursor{p.UpdatedAt, p.ID} }

// SearchProducts is a page of the staff's list, and whether another follows.
func (r Reader) SearchProducts(ctx context.Context, q ProductSearch) (rows []ProductRow, more bool, err error) {
	return nil, false, nil
}

// ProductForStaff is a product of any status, with everything it has.
func (r Reader) ProductForStaff(ctx context.Context, id shop.ProductID) (shop.Product, error) {
	var product shop.Product
	err := r.take(ctx, &product, noProduct, "SELECT * FROM products WHERE id = ?", id)
	if err != nil {
		return product, err
	}
	products := []shop.Product{product}
	err = r.fillAll(ctx, products)
	return products[0], err
}

// TabCount is how many products stand under a tab, counted up to a limit.
type TabCount struct {
	Tab  string // "", "active", "draft", "archived"
	N    int
	More bool // N is the limit and there are more
}

// ProductTabs are the tabs of the staff's list in their order.
func (r Reader) ProductTabs(ctx context.Context) ([]TabCount, error) { return nil, nil }

// ProductWords are the values to choose from in filters and forms, in
// alphabetical order and at most 200 of each.
type ProductWords struct{ Vendors, Types, Tags []string }

// ProductWords reads the vendors, types and tags that products have.
func (r Reader) ProductWords(ctx context.Context) (ProductWords, error) { return ProductWords{}, nil }
