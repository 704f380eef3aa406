package database

import (
	"context"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// CollectionCount is a collection with how many products are in it, counted
// up to MostCounted.
type CollectionCount struct {
	shop.Collection
	Products int
}

// MostCounted is how far the products of a collection are counted for a list.
const MostCounted = 5000

// MostCollections is how many collections a list shows. They are made by hand
// and few.
const MostCollections = 500

// AllCollections are the collections in the shop's order, published or not.
func (r Reader) AllCollections(ctx context.Context) ([]CollectionCount, error) {
	var list []CollectionCount
	err := r.raw(ctx, &list, `SELECT c.*, (SELECT count(*) FROM (SELECT 1 FROM collection_products p
			WHERE p.collection_id = c.id LIMIT ?) AS counted) AS products
		FROM collections c ORDER BY c.position, c.id LIMIT ?`, MostCounted, MostCollections)
	return list, err
}

// CollectionMember is a product in a collection as staff see it.
type CollectionMember struct {
	ProductID shop.ProductID
	Position  int // its row's, which grows along the order
	Handle    string
	Title     string
	Vendor    string
	Colour    string
	Status    shop.ProductStatus
	Published bool
	Place     int `gorm:"-"` // in the collection, from 1 and without gaps
}

// Name is the title, with the colour where the title does not say it.
func (m CollectionMember) Name() string {
	if m.Colour == "" || strings.Contains(m.Title, m.Colour) {
		return m.Title
	}
	return m.Title + ", " + m.Colour
}

const memberColumns = "p.id AS product_id, p.handle, p.title, p.vendor, p.colour, p.status, p.published"

// CollectionMembers are up to limit products of a collection from a position
// on, in its order.
func (r Reader) CollectionMembers(ctx context.Context, id shop.CollectionID, from, limit int) ([]CollectionMember, error) {
	var list []CollectionMember
	err := r.raw(ctx, &list, "SELECT "+memberColumns+`, c.position FROM collection_products c JOIN products p ON p.id = c.product_id
		WHERE c.collection_id = ? AND c.position >= ? ORDER BY c.position, c.product_id LIMIT ?`, id, from, limit)
	if err != nil || len(list) == 0 {
		return list, err
	}
	var earlier int
	err = r.raw(ctx, &earlier, "SELECT count(*) FROM collection_products WHERE collection_id = ? AND position < ?", id, list[0].Position)
	for i := range list {
		list[i].Place = earlier + i + 1
	}
	return list, err
}

// CollectionSize is how many products a collection has.
func (r Reader) CollectionSize(ctx context.Context, id shop.CollectionID) (int, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM collection_products WHERE collection_id = ?", id)
	return n, err
}

// CollectionCandidates are up to limit products, whatever their state, that a
// text finds: all its words are in the title or the handle, or an SKU begins
// with it. Position is the product's in the collection, 0 when it is not
// there.
func (r Reader) CollectionCandidates(ctx context.Context, id shop.CollectionID, text string, limit int) ([]CollectionMember, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, nil
	}
	titles, handles := make([]string, 0, len(words)), make([]string, 0, len(words))
	var args []any
	for range 2 {
		for _, word := range words[:min(len(words), mostSought)] {
			args = append(args, wordPattern(word))
		}
		args = append(args, limit)
	}
	for range words[:min(len(words), mostSought)] {
		titles = append(titles, `lower(title) LIKE ? ESCAPE '\'`)
		handles = append(handles, `handle LIKE ? ESCAPE '\'`)
	}
	sku := strings.TrimSpace(text)
	var list []CollectionMember
	args = append(args, sku, sku+"\U0010ffff", limit)
	// Each part walks an index alone and stops early; as a UNION, which sorts by
	// id, SQLite would walk the table.
	err := r.raw(ctx, &list, "SELECT "+memberColumns+`, coalesce(c.position, 0) AS position
		FROM products p LEFT JOIN collection_products c ON c.collection_id = ? AND c.product_id = p.id WHERE p.id IN (
			SELECT id FROM (SELECT id FROM products WHERE `+strings.Join(titles, " AND ")+` ORDER BY title, id LIMIT ?) AS t
			UNION ALL SELECT id FROM (SELECT id FROM products WHERE `+strings.Join(handles, " AND ")+` ORDER BY handle LIMIT ?) AS h
			UNION ALL SELECT product_id FROM (SELECT product_id FROM variants WHERE sku <> '' AND sku >= ? AND sku < ? ORDER BY sku LIMIT ?) AS s)
		ORDER BY p.title, p.id LIMIT ?`, append(append([]any{id}, args...), limit)...)
	return list, err
}

// mostSought is how many words of a search count.
const mostSought = 6

// wordPattern is a LIKE pattern for a word anywhere in a text, with its letters
// A to Z small, as both engines make those of a column.
func wordPattern(word string) string {
	small := strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, word)
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(small) + "%"
}

// ProductName is a product as somebody may name it in a list: by its handle,
// or by the SKU of one of its variants.
type ProductName struct {
	Name      string
	ProductID shop.ProductID
}

// ProductsNamed finds the products of handles and SKUs. An SKU of several
// products gives several.
func (r Reader) ProductsNamed(ctx context.Context, names []string) ([]ProductName, error) {
	if len(names) == 0 {
		return nil, nil
	}
	var found []ProductName
	err := r.raw(ctx, &found, `SELECT handle AS name, id AS product_id FROM products WHERE handle IN ?
		UNION SELECT sku, product_id FROM variants WHERE sku <> '' AND sku IN ? ORDER BY name, product_id`, names, names)
	return found, err
}

// ProductHandles are the handles of those of some ids that are products.
func (r Reader) ProductHandles(ctx context.Context, ids []shop.ProductID) (map[shop.ProductID]string, error) {
	handles := make(map[shop.ProductID]string, len(ids))
	for part := range slices.Chunk(ids, placesAtOnce) {
		var found []ProductName
		if err := r.raw(ctx, &found, "SELECT handle AS name, id AS product_id FROM products WHERE id IN ?", part); err != nil {
			return nil, err
		}
		for _, f := range found {
			handles[f.ProductID] = f.Name
		}
	}
	return handles, nil
}
