package database

import (
	"context"

	"longrun/internal/shop"
)

// stockSift is how products are searched by their stock.
type stockSift struct {
	most   int64  // a size of a product that fits has no more than so many free
	fits   string // the condition on product p
	args   []any
	stride int // so many products are looked at for one page
}

// The conditions are subqueries of one row, which end at the first size that
// decides, and name the variant first: PostgreSQL would join the whole stock
// for an EXISTS, and SQLite would begin with all low levels of the shop. A
// size more than LowStock decides that a product is not out, which is found
// soon; that it is not low is known after the last size.
var stockSifts = map[string]stockSift{
	// Every size is counted, and none is left; whether there is a size at all is
	// asked last.
	"out": {most: 0, stride: 1_000, fits: `CASE WHEN (SELECT v.id FROM variants v LEFT JOIN stock_levels l ON l.variant_id = v.id AND l.place = 'shop'
			WHERE v.product_id = p.id AND (l.variant_id IS NULL OR l.on_hand > l.held OR NOT v.tracked) LIMIT 1) IS NOT NULL THEN 1 = 0
		ELSE (SELECT v.id FROM variants v WHERE v.product_id = p.id LIMIT 1) IS NOT NULL END`},
	// Some size is at LowStock or below.
	"low": {most: LowStock, stride: 200, fits: `(SELECT v.id FROM variants v CROSS JOIN stock_levels l
		WHERE v.product_id = p.id AND l.variant_id = v.id AND l.place = 'shop' AND v.tracked AND l.on_hand - l.held <= ? LIMIT 1) IS NOT NULL`, args: []any{LowStock}},
}

// fewLow is from how many low sizes in the whole shop on products are walked
// in their order instead of being found by their sizes.
const fewLow = 1_000

// byStock adds to the conditions of a search that the products have the stock
// that is searched for: of all, or of those up to next, which others follow.
// Where there is none to look at it gives no condition.
func (r Reader) byStock(ctx context.Context, q ProductSearch, conditions string, args []any) (string, []any, *ProductCursor, error) {
	sift := stockSifts[q.Stock]
	var levels []shop.VariantID
	err := r.raw(ctx, &levels, "SELECT variant_id FROM stock_levels l WHERE l.place = 'shop' AND (l.on_hand - l.held) <= ? LIMIT ?", sift.most, fewLow)
	if err != nil {
		return "", nil, nil, err
	}
	if len(levels) == fewLow {
		return r.walkByStock(ctx, sift, conditions, args)
	}
	var some []shop.ProductID
	err = r.raw(ctx, &some, "SELECT DISTINCT product_id FROM variants WHERE id IN ?", levels)
	if err != nil || len(some) == 0 {
		return "", nil, nil, err
	}
	return conditions + " AND p.id IN ? AND " + sift.fits, append(append(args, some), sift.args...), nil, nil
}

// walkByStock looks at the next products that meet the other conditions.
func (r Reader) walkByStock(ctx context.Context, sift stockSift, conditions string, args []any) (string, []any, *ProductCursor, error) {
	var walked []ProductCursor
	err := r.raw(ctx, &walked, "SELECT p.updated_at, p.id FROM products p WHERE "+conditions+" ORDER BY p.updated_at DESC, p.id DESC LIMIT ?", append(args, sift.stride)...)
	if err != nil || len(walked) == 0 {
		return "", nil, nil, err
	}
	some := make([]shop.ProductID, len(walked))
	for i, p := range walked {
		some[i] = p.ID
	}
	var next *ProductCursor
	if len(walked) == sift.stride {
		next = &walked[sift.stride-1]
	}
	return "p.id IN ? AND " + sift.fits, append([]any{some}, sift.args...), next, nil
}
