package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// stockLine reads shop.StockLines; its argument is the place.
const stockLine = `SELECT v.id AS variant_id, v.product_id, p.title AS product_title, p.status AS product_status, v.position,
	v.option1, v.option2, v.option3, v.sku, v.barcode, v.tracked, v.policy,
	coalesce(l.on_hand, 0) AS on_hand, coalesce(l.held, 0) AS held
	FROM variants v JOIN products p ON p.id = v.product_id
	LEFT JOIN stock_levels l ON l.variant_id = v.id AND l.place = ? `

// StockLines are sizes with their stock, by id. Unknown ids are left out.
func (r Reader) StockLines(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]shop.StockLine, error) {
	found := make(map[shop.VariantID]shop.StockLine, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), 500)
		var lines []shop.StockLine
		if err := r.raw(ctx, &lines, stockLine+"WHERE v.id IN ?", shop.PlaceShop, ids[:n]); err != nil {
			return nil, err
		}
		for _, l := range lines {
			found[l.VariantID] = l
		}
		ids = ids[n:]
	}
	return found, nil
}

// StockLinesOf are the sizes of products with their stock, by product and
// position.
func (r Reader) StockLinesOf(ctx context.Context, products []shop.ProductID) ([]shop.StockLine, error) {
	var lines []shop.StockLine
	if len(products) == 0 {
		return nil, nil
	}
	err := r.raw(ctx, &lines, stockLine+"WHERE v.product_id IN ? ORDER BY p.title, p.id, v.position, v.id", shop.PlaceShop, products)
	return lines, err
}

// StockLinesByCodes are the sizes that each code names by SKU or barcode. A
// size that bears the code letter for letter goes before those that only bear
// one of its forms; of several, staff must choose.
func (r Reader) StockLinesByCodes(ctx context.Context, codes []string) (map[string][]shop.StockLine, error) {
	wanted := map[string][]string{} // form to codes
	var forms []string
	for _, code := range codes {
		for _, form := range shop.CodeForms(code) {
			if wanted[form] == nil {
				forms = append(forms, form)
			}
			wanted[form] = append(wanted[form], code)
		}
	}
	found := map[string][]shop.StockLine{}
	for len(forms) > 0 {
		n := min(len(forms), 400)
		var lines []shop.StockLine
		err := r.raw(ctx, &lines, stockLine+`WHERE v.id IN (SELECT id FROM variants WHERE sku <> '' AND sku IN ?
			UNION SELECT id FROM variants WHERE barcode <> '' AND barcode IN ?) ORDER BY v.id`, shop.PlaceShop, forms[:n], forms[:n])
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			for _, bears := range []string{l.SKU, l.Barcode} {
				for _, code := range wanted[bears] {
					found[code] = addLine(found[code], l)
				}
			}
		}
		forms = forms[n:]
	}
	for code, lines := range found {
		found[code] = exact(code, lines)
	}
	return found, nil
}

func addLine(lines []shop.StockLine, l shop.StockLine) []shop.StockLine {
	for i := range lines {
		if lines[i].VariantID == l.VariantID {
			return lines
		}
	}
	return append(lines, l)
}

// exact are those of the lines that bear a code letter for letter, or all
// when none does.
func exact(code string, lines []shop.StockLine) []shop.StockLine {
	var same []shop.StockLine
	for _, l := range lines {
		if l.SKU == code || l.Barcode == code {
			same = append(same, l)
		}
	}
	if same == nil {
		return lines
	}
	return same
}

// StockSKUs are up to limit sizes whose SKU or barcode begins with a text,
// in the order of SKUs.
func (r Reader) StockSKUs(ctx context.Context, begins string, limit int) ([]shop.StockLine, error) {
	var lines []shop.StockLine
	end := begins + "\U0010ffff"
	err := r.raw(ctx, &lines, stockLine+`WHERE v.id IN (
		SELECT id FROM (SELECT id FROM variants WHERE sku <> '' AND sku >= ? AND sku < ? ORDER BY sku LIMIT ?) AS s
		UNION SELECT id FROM (SELECT id FROM variants WHERE barcode <> '' AND barcode >= ? AND barcode < ? ORDER BY barcode LIMIT ?) AS b)
		ORDER BY v.sku, v.id LIMIT ?`, shop.PlaceShop, begins, end, limit, begins, end, limit, limit)
	return lines, err
}

// TitleSearch asks for products whose titles have all the words in them.
type TitleSearch struct {
	Words      []string
	AfterTitle string // the last title and id of the page before; id 0 for the first page
	AfterID    shop.ProductID
	Limit      int
}

// ProductTitle names a product.
type ProductTitle struct {
	ID    shop.ProductID
	Title string
}

// ProductsTitled are products of any status whose titles have all words in
// them, however they are written, in the order of titles.
func (r Reader) ProductsTitled(ctx context.Context, s TitleSearch) ([]ProductTitle, error) {
	conditions, args := []string{"id > 0"}, []any{}
	for _, word := range s.Words {
		conditions, args = append(conditions, `lower(title) LIKE ? ESCAPE '\'`), append(args, "%"+likeText(strings.ToLower(word))+"%")
	}
	if s.AfterID > 0 {
		conditions, args = append(conditions, "(title, id) > (?, ?)"), append(args, s.AfterTitle, s.AfterID)
	}
	var found []ProductTitle
	err := r.raw(ctx, &found, "SELECT id, title FROM products WHERE "+strings.Join(conditions, " AND ")+" ORDER BY title, id LIMIT ?",
		append(args, s.Limit)...)
	return found, err
}

// ProductTitle names a product of any status. It is KindNotFound when there is
// none.
func (r Reader) ProductTitle(ctx context.Context, id shop.ProductID) (ProductTitle, error) {
	var found ProductTitle
	err := r.take(ctx, &found, "There is no such product.", "SELECT id, title FROM products WHERE id = ?", id)
	return found, err
}

// likeText is a text that means itself inside a LIKE pattern.
func likeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}

// StockHeldFor is for whom pieces of a size are held.
type StockHeldFor struct {
	VariantID shop.VariantID
	Quantity  int64
	CauseKind string
	CauseID   int64
	State     string // of the order, "" for other causes
	Since     shop.Instant
}

// HoldsOn are the live holds on sizes, the oldest first.
func (r Reader) HoldsOn(ctx context.Context, ids []shop.VariantID) ([]StockHeldFor, error) {
	var holds []StockHeldFor
	if len(ids) == 0 {
		return nil, nil
	}
	err := r.raw(ctx, &holds, `SELECT h.variant_id, h.quantity, h.cause_kind, h.cause_id, coalesce(o.state, '') AS state, h.created_at AS since
		FROM stock_holds h LEFT JOIN orders o ON h.cause_kind = 'order' AND o.id = h.cause_id
		WHERE h.state = 'held' AND h.variant_id IN ? ORDER BY h.id`, ids)
	return holds, err
}
