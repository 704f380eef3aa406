package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// ProductSearch asks for one page of the products as staff see them.
type ProductSearch struct {
	Tab        string // a status, or "" for all
	Text       string // words of title, vendor or address anywhere, or the beginning of an SKU or a barcode
	Vendor     string
	Type       string
	Tag        string
	Collection *shop.CollectionID
	Stock      string         // "out": nothing counted is left; "low": some size is at LowStock or below; "" for all
	After      *ProductCursor // where the page before ended, nil for the first
	Limit      int            // 1 to 250, else 50
}

// LowStock is how many of a size are few.
const LowStock = 2

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
	Version   int64
	UpdatedAt shop.Instant
	PublishAt *shop.Instant
	OnSaleAt  *shop.Instant
	Variants  int                `gorm:"-"`
	PriceLow  shop.Cents         `gorm:"-"`
	PriceHigh shop.Cents         `gorm:"-"`
	Tracked   bool               `gorm:"-"` // some variant has counts
	Out       int                `gorm:"-"` // variants with counts of which nothing can be promised
	Free      int64              `gorm:"-"` // what can still be promised, of all its variants with counts
	Picture   *shop.ProductImage `gorm:"-"` // nil without one
}

// Cursor is the row's place in the list.
func (p ProductRow) Cursor() ProductCursor { return ProductCursor{p.UpdatedAt, p.ID} }

const rowColumns = "p.id, p.handle, p.title, p.status, p.published, p.vendor, p.type, p.version, p.updated_at, p.publish_at, p.on_sale_at"

// SearchProducts is a page of the staff's list. next is where the page after
// it begins, nil after the last; a page that is searched by stock may have
// fewer rows than its limit and yet not be the last.
func (r Reader) SearchProducts(ctx context.Context, q ProductSearch) (rows []ProductRow, next *ProductCursor, err error) {
	for _, text := range []*string{&q.Text, &q.Vendor, &q.Type, &q.Tag, &q.Tab} {
		*text = strings.ReplaceAll(strings.ToValidUTF8(*text, ""), "\x00", "") // a database refuses to look for these
	}
	coded, err := r.productsByCode(ctx, q.Text)
	if err != nil {
		return nil, nil, err
	}
	if q.Limit < 1 || q.Limit > 250 {
		q.Limit = 50
	}
	conditions, args := q.conditions(r.haystack(), coded)
	if q.Stock != "" {
		if conditions, args, next, err = r.byStock(ctx, q, conditions, args); err != nil || conditions == "" {
			return nil, nil, err
		}
	}
	err = r.raw(ctx, &rows, "SELECT "+rowColumns+" FROM products p WHERE "+conditions+" ORDER BY p.updated_at DESC, p.id DESC LIMIT ?", append(args, q.Limit+1)...)
	if err != nil || len(rows) == 0 {
		return nil, next, err
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		last := rows[q.Limit-1].Cursor()
		next = &last
	}
	return rows, next, r.fillRows(ctx, rows)
}

// maxWords is how many words of a search count.
const maxWords = 6

// conditions are the search in SQL: fixed texts and placeholders only.
func (q ProductSearch) conditions(haystack string, coded []shop.ProductID) (string, []any) {
	list, args := []string{"p.id > 0"}, []any{}
	add := func(wanted bool, condition string, values ...any) {
		if wanted {
			list, args = append(list, condition), append(args, values...)
		}
	}
	add(q.Tab != "", "p.status = ?", q.Tab)
	add(q.Vendor != "", "p.vendor = ?", q.Vendor)
	add(q.Type != "", "p.type = ?", q.Type)
	add(q.Tag != "", "EXISTS (SELECT 1 FROM product_tags t WHERE t.product_id = p.id AND t.tag = ?)", q.Tag)
	if q.Collection != nil {
		add(true, "EXISTS (SELECT 1 FROM collection_products c WHERE c.product_id = p.id AND c.collection_id = ?)", *q.Collection)
	}
	if q.After != nil {
		add(true, "(p.updated_at, p.id) < (?, ?)", q.After.UpdatedAt, q.After.ID)
	}
	if text, values := wordsIn(haystack, q.Text); text != "" {
		if len(coded) > 0 {
			text, values = "("+text+" OR p.id IN ?)", append(values, coded)
		}
		add(true, text, values...)
	}
	return strings.Join(list, " AND "), args
}

// haystack is where the words of a search are looked for. LIKE on SQLite takes
// the letters a to z for A to Z by itself.
func (r Reader) haystack() string {
	const text = "p.title || ' ' || p.vendor || ' ' || p.handle"
	if r.kind == SQLite {
		return "(" + text + ")"
	}
	return "lower(" + text + ")"
}

// wordsIn is the condition that every word stands somewhere in a text, as it
// is written or as addresses have it.
func wordsIn(haystack, text string) (string, []any) {
	words := strings.Fields(text)
	var list []string
	var args []any
	for _, word := range words[:min(len(words), maxWords)] {
		condition := haystack + ` LIKE ? ESCAPE '\'`
		args = append(args, anywhere(word))
		if handle := anywhere(shop.MakeHandle(word)); handle != "%%" && handle != anywhere(word) {
			condition, args = "("+condition+` OR p.handle LIKE ? ESCAPE '\')`, append(args, handle)
		}
		list = append(list, condition)
	}
	if len(list) == 0 {
		return "", nil
	}
	return "(" + strings.Join(list, " AND ") + ")", args
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// anywhere is the pattern of a text anywhere in another. Only the letters A
// to Z are made small, as lower does on both databases.
func anywhere(text string) string {
	small := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, text)
	return "%" + likeEscapes.Replace(small) + "%"
}

// maxCoded is how many variants a search by SKU or barcode looks at, and
// leastCoded how many characters it wants.
const (
	maxCoded   = 300
	leastCoded = 3
)

// productsByCode are the products of the first variants whose SKU or barcode
// begins with a text, as it is or in capitals.
func (r Reader) productsByCode(ctx context.Context, text string) ([]shop.ProductID, error) {
	text = strings.TrimSpace(text)
	if len(text) < leastCoded || len(text) > 255 {
		return nil, nil
	}
	capitals := strings.ToUpper(text)
	var ids []shop.ProductID
	err := r.raw(ctx, &ids, `SELECT DISTINCT product_id FROM (
		SELECT * FROM (SELECT product_id FROM variants WHERE sku <> '' AND sku >= ? AND sku < ? ORDER BY sku LIMIT ?) AS a
		UNION ALL SELECT * FROM (SELECT product_id FROM variants WHERE sku <> '' AND sku >= ? AND sku < ? ORDER BY sku LIMIT ?) AS b
		UNION ALL SELECT * FROM (SELECT product_id FROM variants WHERE barcode <> '' AND barcode >= ? AND barcode < ? ORDER BY barcode LIMIT ?) AS c) AS found`,
		text, text+lastRune, maxCoded, capitals, capitals+lastRune, maxCoded, text, text+lastRune, maxCoded)
	return ids, err
}
