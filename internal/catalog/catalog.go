// Package catalog makes and changes what the shop sells: products with their
// variants, pictures and opening stock, collections, and product files in and
// out.
//
// What an import means is Shopify's rule, with these decisions where that
// leaves a choice:
//
//   - A column that is absent leaves what is there. A cell that is blank takes
//     a text or a compare-at price away; where blank cannot be a value (title,
//     price, quantity, yes or no, status, policy, unit) it says nothing. A blank
//     tracker means that the variant is not counted.
//   - Variants are found by their option values, images by their address.
//     Those that the file lists are made or overwritten; the others stay. An
//     import deletes neither, so orders keep what they name.
//   - A product without options may get some: its one variant becomes the first
//     that the file lists. Options may be renamed; their number stays.
//   - A quantity is the count on hand. It moves the stock by the difference
//     and never touches what is held. One file moves a variant at most once,
//     so that a repeated import cannot bring sold pairs back.
//   - A handle that comes back later in the file is refused, since nobody can
//     say which rows are meant.
//   - A product with a mistake in any of its rows is refused as a whole, with
//     the line of each mistake; the others are imported. A file that cannot be
//     read to its end is refused before anything is written.
package catalog

import (
	"longrun/internal/database"
	"longrun/internal/media"
)

// Catalog is the work on what the shop sells.
type Catalog struct {
	db      *database.DB
	store   *media.Store
	fetcher *media.Fetcher
}

// New is the catalog of a database whose pictures lie in store and are
// fetched by fetcher.
func New(db *database.DB, store *media.Store, fetcher *media.Fetcher) *Catalog {
	return &Catalog{db: db, store: store, fetcher: fetcher}
}
