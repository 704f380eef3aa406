package staff

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/web"
)

// FindStockPage finds sizes and lets their counts be adjusted.
type FindStockPage struct {
	Stock
	Q        string
	Groups   []StockGroup
	Next     string // address of the next page, "" on the last
	Reasons  []shop.StockReason
	Adjusted AdjustForm // as typed, if it was refused
}

// StockGroup is a product with those of its sizes that were found.
type StockGroup struct {
	ID     shop.ProductID
	Title  string
	Status shop.ProductStatus
	Rows   []StockRow
}

// StockRow is a size with for whom it is held, and how many wait for it.
type StockRow struct {
	shop.StockLine
	HeldFor string // "1 for order 17 being paid", "" when nobody
	Waiting string // "2 wait", "" when nobody
}

// AdjustForm is an adjustment as typed.
type AdjustForm struct {
	Variant              shop.VariantID
	Change, Reason, Note string
	Seen                 string
}

// The list shows so many products at once, and so many sizes whose SKU begins
// as typed.
const (
	findProducts = 5
	findSKUs     = 40
	mostTyped    = 100 // letters of a search
)

func (s *Staff) findStock(c echo.Context, in database.SignedIn) error {
	return s.showStock(c, in, c.QueryParam("q"), AdjustForm{}, nil)
}

func (s *Staff) showStock(c echo.Context, in database.SignedIn, q string, typed AdjustForm, refusal error) error {
	p, err := s.stockPage(c, in, "Stock")
	if err != nil {
		return err
	}
	shown := &FindStockPage{Stock: p, Q: strings.TrimSpace(q), Reasons: shop.StockReasons(), Adjusted: typed}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	if len(shown.Q) > mostTyped {
		shown.Q = ""
	}
	ctx := c.Request().Context()
	lines, err := s.foundStock(ctx, shown, c.QueryParam("after"))
	if err != nil {
		return err
	}
	if lines, err = s.withLine(ctx, lines, typed.Variant); err != nil {
		return err
	}
	if shown.Groups, err = s.stockGroups(ctx, lines); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/stock", shown)
}

// foundStock are the sizes that a search means: those with exactly this code,
// else those of products so titled, else those whose code begins so.
func (s *Staff) foundStock(ctx context.Context, p *FindStockPage, after string) ([]shop.StockLine, error) {
	if p.Q != "" && after == "" {
		found, err := s.reader.StockLinesByCodes(ctx, []string{p.Q})
		if err != nil || len(found[p.Q]) > 0 {
			return found[p.Q], err
		}
	}
	title, size := sizeWords(p.Q)
	search := database.TitleSearch{Words: title, Limit: findProducts + 1}
	if after != "" {
		if err := s.searchAfter(ctx, &search, after); err != nil {
			return nil, err
		}
	}
	products, err := s.reader.ProductsTitled(ctx, search)
	if err != nil {
		return nil, err
	}
	if len(products) > findProducts {
		products = products[:findProducts]
		p.Next = stockAt + "?" + url.Values{"q": {p.Q}, "after": {fmt.Sprint(products[findProducts-1].ID)}}.Encode()
	}
	if len(products) > 0 || p.Q == "" || after != "" {
		return s.sizesOf(ctx, products, size)
	}
	lines, err := s.reader.StockSKUs(ctx, p.Q, findSKUs)
	if err == nil && len(lines) == 0 && strings.ToUpper(p.Q) != p.Q {
		return s.reader.StockSKUs(ctx, strings.ToUpper(p.Q), findSKUs)
	}
	return lines, err
}

func (s *Staff) searchAfter(ctx context.Context, search *database.TitleSearch, after string) error {
	id, err := web.ParseID(after)
	if err != nil {
		return shop.NotFound("There is no such page.")
	}
	last, err := s.reader.ProductTitle(ctx, shop.ProductID(id))
	search.AfterTitle, search.AfterID = last.Title, last.ID
	return err
}

func (s *Staff) sizesOf(ctx context.Context, products []database.ProductTitle, size []string) ([]shop.StockLine, error) {
	ids := make([]shop.ProductID, len(products))
	for i, p := range products {
		ids[i] = p.ID
	}
	all, err := s.reader.StockLinesOf(ctx, ids)
	var fit []shop.StockLine
	for _, l := range all {
		if hasSize(l, size) {
			fit = append(fit, l)
		}
	}
	return fit, err
}

// withLine makes sure that a size whose form was refused is there to be shown.
func (s *Staff) withLine(ctx context.Context, lines []shop.StockLine, id shop.VariantID) ([]shop.StockLine, error) {
	for _, l := range lines {
		if l.VariantID == id {
			return lines, nil
		}
	}
	if id == 0 {
		return lines, nil
	}
	found, err := s.reader.StockLines(ctx, []shop.VariantID{id})
	if l, ok := found[id]; ok {
		lines = append([]shop.StockLine{l}, lines...)
	}
	return lines, err
}

func (s *Staff) stockGroups(ctx context.Context, lines []shop.StockLine) ([]StockGroup, error) {
	held, err := s.heldFor(ctx, lines)
	if err != nil {
		return nil, err
	}
	waiting, err := s.reader.WaitCounts(ctx, variantIDs(lines))
	if err != nil {
		return nil, err
	}
	var groups []StockGroup
	for _, l := range lines {
		if n := len(groups); n == 0 || groups[n-1].ID != l.ProductID {
			groups = append(groups, StockGroup{ID: l.ProductID, Title: l.ProductTitle, Status: l.ProductStatus})
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, StockRow{l, held[l.VariantID], shop.Waiting(waiting[l.VariantID], database.MostWaits)})
	}
	return groups, nil
}

// heldFor says for whom pieces are held, by size, in one query.
func (s *Staff) heldFor(ctx context.Context, lines []shop.StockLine) (map[shop.VariantID]string, error) {
	var ids []shop.VariantID
	for _, l := range lines {
		if l.Held > 0 {
			ids = append(ids, l.VariantID)
		}
	}
	holds, err := s.reader.HoldsOn(ctx, ids)
	parts := map[shop.VariantID][]string{}
	for _, h := range holds {
		what := fmt.Sprintf("%d for %s %d", h.Quantity, h.CauseKind, h.CauseID)
		if h.CauseKind == shop.CauseOrder {
			what = fmt.Sprintf("%d for an order being paid", h.Quantity)
		}
		parts[h.VariantID] = append(parts[h.VariantID], what)
	}
	held := map[shop.VariantID]string{}
	for id, list := range parts {
		if len(list) > 3 {
			list = append(list[:3], fmt.Sprintf("%d more", len(list)-3))
		}
		held[id] = strings.Join(list, ", ")
	}
	return held, err
}

func (s *Staff) adjustStock(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, err := web.ParseID(form.Get("variant"))
	if err != nil {
		return shop.NotFound("There is no such size.")
	}
	typed := AdjustForm{shop.VariantID(id), form.Get("change"), form.Get("reason"), form.Get("note"), form.Get("seen")}
	if err := s.adjust(c.Request().Context(), in, typed, form.Get("key")); err != nil {
		return s.showStock(c, in, form.Get("q"), typed, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s?%s#v%d", stockAt, url.Values{"q": {form.Get("q")}, "done": {"adjusted"}}.Encode(), id))
}

func (s *Staff) adjust(ctx context.Context, in database.SignedIn, typed AdjustForm, key string) error {
	a := stock.Adjustment{Variant: typed.Variant, Reason: shop.StockReason(typed.Reason), Note: typed.Note, Key: key}
	var wrong error
	if a.Delta, a.NewCount, wrong = shop.ParseStockChange(typed.Change); wrong != nil {
		return wrong
	}
	if a.Seen, wrong = parseSeen(typed.Seen); wrong != nil {
		return wrong
	}
	return s.stock.Adjust(ctx, in.Staff.Actor(), a)
}

// parseSeen reads the count that a form was shown with, which may be below
// nothing.
func parseSeen(text string) (int64, error) {
	rest, below := strings.CutPrefix(text, "-")
	n, err := shop.ParsePieces("seen", rest)
	if err != nil {
		return 0, errors.Join(shop.Invalid("The form is not whole. Open the page again."), err)
	}
	if below {
		n = -n
	}
	return n, nil
}
