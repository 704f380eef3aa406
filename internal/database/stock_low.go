package database

import (
	"context"

	"longrun/internal/shop"
)

// LowSearch asks for sizes of active products of which few are left.
type LowSearch struct {
	Least *int64 // free at least so many, nil for no bound
	Most  int64  // free at most so many
	After LowPlace
	Limit int
}

// LowPlace is where a page of the list ended: after a size of a product, or
// with Position below 0 after a product as a whole.
type LowPlace struct {
	Title    string
	Product  shop.ProductID // 0 for the beginning
	Position int
	Variant  shop.VariantID
}

// The list can be read from two ends. Where few sizes are low in the whole
// shop it begins with them; else it walks the active products by their titles,
// so many at a time and so many times, and does not meet the empty shelves of
// archived ones.
const (
	lowFew    = 2_000
	lowStride = 60
	lowRounds = 6
)

const lowColumns = `SELECT v.id AS variant_id, v.product_id, p.title AS product_title, p.status AS product_status, v.position,
	v.option1, v.option2, v.option3, v.sku, v.barcode, v.tracked, v.policy, l.on_hand, l.held `

// LowStock are sizes of which few are left, by product and size. more is where
// the next page begins, nil after the last; a page may have fewer lines than
// its limit and yet not be the last.
func (r Reader) LowStock(ctx context.Context, s LowSearch) (lines []shop.StockLine, more *LowPlace, err error) {
	var few int
	low, bounds := s.bounds()
	err = r.raw(ctx, &few, "SELECT count(*) FROM (SELECT 1 FROM stock_levels l WHERE l.place = 'shop' AND "+low+" LIMIT ?) AS counted",
		append(bounds, lowFew)...)
	if err != nil {
		return nil, nil, err
	}
	if few < lowFew {
		lines, err = r.lowByLevel(ctx, s)
	} else {
		lines, more, err = r.lowByProduct(ctx, s)
	}
	if err != nil || len(lines) < s.Limit {
		return lines, more, err
	}
	lines = lines[:s.Limit]
	last := lines[s.Limit-1]
	return lines, &LowPlace{last.ProductTitle, last.ProductID, last.Position, last.VariantID}, nil
}

func (s LowSearch) bounds() (string, []any) {
	if s.Least == nil {
		return "(l.on_hand - l.held) <= ?", []any{s.Most}
	}
	return "(l.on_hand - l.held) <= ? AND (l.on_hand - l.held) >= ?", []any{s.Most, *s.Least}
}

// after is the condition that a line comes after the page before.
func (s LowSearch) after() (string, []any) {
	a := s.After
	switch {
	case a.Product == 0:
		return "", nil
	case a.Position < 0:
		return " AND (p.title, p.id) > (?, ?)", []any{a.Title, a.Product}
	}
	return " AND (p.title, p.id, v.position, v.id) > (?, ?, ?, ?)", []any{a.Title, a.Product, a.Position, a.Variant}
}

const lowOrder = " ORDER BY p.title, p.id, v.position, v.id LIMIT ?"

func (r Reader) lowByLevel(ctx context.Context, s LowSearch) ([]shop.StockLine, error) {
	low, bounds := s.bounds()
	after, place := s.after()
	args := append(append(bounds, place...), s.Limit)
	var lines []shop.StockLine
	err := r.raw(ctx, &lines, `WITH l AS MATERIALIZED (SELECT l.variant_id, l.on_hand, l.held FROM stock_levels l WHERE l.place = 'shop' AND `+low+`) `+lowColumns+`
		FROM l JOIN variants v ON v.id = l.variant_id JOIN products p ON p.id = v.product_id
		WHERE p.status = 'active' AND v.tracked`+after+lowOrder, args...)
	return lines, err
}

// lowByProduct looks at active products until it has found enough or has
// looked at many; then end is the last of them.
func (r Reader) lowByProduct(ctx context.Context, s LowSearch) (lines []shop.StockLine, end *LowPlace, err error) {
	for range lowRounds {
		part, next, err := r.lowOfSome(ctx, s)
		if err != nil {
			return nil, nil, err
		}
		if lines, end = append(lines, part...), next; end == nil || len(lines) >= s.Limit {
			break
		}
		s.After = *end
	}
	return lines, end, nil
}

// lowOfSome looks at the sizes of some active products. The joins are written
// crosswise so that SQLite keeps to their order.
func (r Reader) lowOfSome(ctx context.Context, s LowSearch) (lines []shop.StockLine, end *LowPlace, err error) {
	var products []ProductTitle
	err = r.raw(ctx, &products, `SELECT id, title FROM products WHERE status = 'active' AND (title, id) >= (?, ?) ORDER BY title, id LIMIT ?`,
		s.After.Title, s.After.Product, lowStride)
	if err != nil || len(products) == 0 {
		return nil, nil, err
	}
	if len(products) == lowStride {
		last := products[lowStride-1]
		end = &LowPlace{Title: last.Title, Product: last.ID, Position: -1}
	}
	ids := make([]shop.ProductID, len(products))
	for i, p := range products {
		ids[i] = p.ID
	}
	low, bounds := s.bounds()
	after, place := s.after()
	args := append([]any{ids, shop.PlaceShop}, bounds...)
	args = append(append(args, place...), s.Limit)
	err = r.raw(ctx, &lines, lowColumns+`FROM products p CROSS JOIN variants v CROSS JOIN stock_levels l
		WHERE p.id IN ? AND v.product_id = p.id AND l.variant_id = v.id AND l.place = ? AND v.tracked AND `+low+after+lowOrder, args...)
	return lines, end, err
}
