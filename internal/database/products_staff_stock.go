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
	// Every size is counted, and none is left.
	"out": {most: 0, stride: 1_500, fits: `(SELECT v.id FROM variants v LEFT JOIN stock_levels l ON l.variant_id = v.id AND l.place = 'shop'
			WHERE v.product_id = p.id AND (l.variant_id IS NULL OR l.on_hand > l.held OR NOT v.tracked) LIMIT 1) IS NULL
		AND (SELECT v.id FROM variants v WHERE v.product_id = p.id LIMIT 1) IS NOT NULL`},
	// Some size is at LowStock or below.
	"low": {most: LowStock, stride: 200, fits: `(SELECT v.id FROM variants v CROSS JOIN stock_levels l
		WHERE v.product_id = p.id AND l.variant_id = v.id AND l.place = 'shop' AND v.tracked AND l.on_hand - l.held <= ? LIMIT 1) IS NOT NULL`, args: []any{LowStock}},
}

// fewLow is from how many low sizes in the whole shop on products are walked
// in their order instead of being found by their sizes.
const fewLow = 1_000

// stockPart is the condition that some of the products have the stock that is
// searched for: of all, or of those up to next, which others follow. Without
// any it is empty.
func (r Reader) stockPart(ctx context.Context, q ProductSearch, conditions string, args []any) (string, []any, *ProductCursor, error) {
	sift := stockSifts[q.Stock]
	var some []shop.ProductID
	var next *ProductCursor
	var levels []shop.VariantID
	err := r.raw(ctx, &levels, "SELECT variant_id FROM stock_levels l WHERE l.place = 'shop' AND (l.on_hand - l.held) <= ? LIMIT ?", sift.most, fewLow)
	if err != nil {
		return "", nil, nil, err
	}
	if len(levels) < fewLow {
		err = r.raw(ctx, &some, "SELECT DISTINCT product_id FROM variants WHERE id IN ?", levels)
	} else {
		var walked []ProductCursor
		err = r.raw(ctx, &walked, "SELECT p.updated_at, p.id FROM products p WHERE "+conditions+" ORDER BY p.updated_at DESC, p.id DESC LIMIT ?", append(args[:len(args):len(args)], sift.stride)...)
		for _, p := range walked {
			some = append(some, p.ID)
		}
		if len(walked) == sift.stride {
			next = &walked[sift.stride-1]
		}
	}
	if err != nil || len(some) == 0 {
		return "", nil, nil, err
	}
	return "p.id IN ? AND " + sift.fits, append([]any{some}, sift.args...), next, nil
}
