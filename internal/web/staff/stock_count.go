package staff

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/web"
)

// CountPage takes a count: first what lies on the shelf, then the differences,
// then it is saved.
type CountPage struct {
	Stock
	Lines   string // as typed
	Note    string
	Sheet   []CountRow
	Checked bool // the differences have been looked at
}

// CountRow is a size on the sheet.
type CountRow struct {
	shop.StockLine
	Seen    int64  // on hand when the sheet was made
	Counted string // as typed, "" for not counted
	Fault   string
}

// Difference is what the count changes, "" where nothing sensible was typed.
func (r CountRow) Difference() string {
	n, err := shop.ParsePieces("", r.Counted)
	switch {
	case err != nil:
		return ""
	case n == r.Seen:
		return "right"
	}
	return fmt.Sprintf("%+d", n-r.Seen)
}

func (s *Staff) countPage(c echo.Context, in database.SignedIn) error {
	ctx := c.Request().Context()
	shown := &CountPage{}
	typed := c.QueryParam("product")
	if typed == "" {
		return s.showCount(c, in, shown, nil)
	}
	id, err := web.ParseID(typed)
	if err != nil {
		return shop.NotFound("There is no such product.")
	}
	lines, err := s.reader.StockLinesOf(ctx, []shop.ProductID{shop.ProductID(id)})
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return shop.NotFound("There is no such product.")
	}
	for _, l := range lines {
		if l.Tracked && len(shown.Sheet) < stock.MostCounted {
			shown.Sheet = append(shown.Sheet, CountRow{StockLine: l, Seen: l.OnHand})
		}
	}
	return s.showCount(c, in, shown, nil)
}

func (s *Staff) showCount(c echo.Context, in database.SignedIn, shown *CountPage, refusal error) (err error) {
	typed := shown.Key
	if shown.Stock, err = s.stockPage(c, in, "Count"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	shown.keepKey(typed, status)
	return s.kit.RenderStaff(c, status, "staff/stockcount", shown)
}

// count takes what was typed to the sheet, and a sheet to the books.
func (s *Staff) count(c echo.Context, in database.SignedIn) error {
	form, err := web.FormUpTo(c, 2*stock.MostCounted+16)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	shown := &CountPage{Lines: form.Get("lines"), Note: form.Get("note")}
	shown.Key = form.Get("key")
	if form.Get("do") == "lines" {
		return s.showCount(c, in, shown, s.fillSheet(ctx, shown))
	}
	counted, refusal := s.readSheet(ctx, form, shown)
	if refusal != nil || form.Get("do") != "save" {
		shown.Checked = refusal == nil
		return s.showCount(c, in, shown, refusal)
	}
	err = s.stock.Count(ctx, in.Staff.Actor(), stock.Counting{Lines: counted, Note: shown.Note, Key: shown.Key})
	if err != nil {
		shown.blame(counted, err)
		return s.showCount(c, in, shown, err)
	}
	return c.Redirect(http.StatusSeeOther, "/staff/stock/movements?"+url.Values{"kind": {shop.CauseCount}, "cause": {shown.Key}, "done": {"counted"}}.Encode())
}

// fillSheet makes the sheet of what was typed, pasted or scanned.
func (s *Staff) fillSheet(ctx context.Context, p *CountPage) error {
	_, found, err := s.typedLines(ctx, p.Lines, 0)
	if err != nil {
		return err
	}
	if len(found) > stock.MostCounted {
		return shop.Invalid("Count at most %d sizes at once.", stock.MostCounted)
	}
	for _, l := range found {
		p.Sheet = append(p.Sheet, CountRow{StockLine: l.StockLine, Seen: l.OnHand, Counted: strconv.FormatInt(l.Quantity, 10)})
	}
	p.Lines, p.Checked = "", true
	return nil
}

// readSheet reads the fields counted-ID and seen-ID of a sheet, in the order
// of their sizes. What is left empty was not counted.
func (s *Staff) readSheet(ctx context.Context, form url.Values, p *CountPage) ([]stock.Counted, error) {
	var ids []shop.VariantID
	for name := range form {
		if typed, ok := strings.CutPrefix(name, "seen-"); ok {
			if id, err := web.ParseID(typed); err == nil {
				ids = append(ids, shop.VariantID(id))
			}
		}
	}
	lines, err := s.reader.StockLines(ctx, ids)
	if err != nil {
		return nil, err
	}
	p.Sheet = sheetOf(lines, form)
	var counted []stock.Counted
	wrong := false
	for i := range p.Sheet {
		row := &p.Sheet[i]
		if row.Counted == "" {
			continue
		}
		n, err := shop.ParsePieces("counted", row.Counted)
		if err != nil {
			row.Fault, wrong = shop.MessageOf(err), true
			continue
		}
		if row.Seen, err = parseSeen(form.Get(fmt.Sprintf("seen-%d", row.VariantID))); err != nil {
			return nil, err
		}
		counted = append(counted, stock.Counted{Variant: row.VariantID, Counted: n, Seen: row.Seen})
	}
	switch {
	case wrong:
		return nil, shop.Invalid("Nothing was saved: some numbers are not right.")
	case len(counted) == 0:
		return nil, shop.Invalid("Nothing was counted yet.")
	}
	return counted, nil
}

// blame puts what is wrong with lines of a count beside their rows.
func (p *CountPage) blame(counted []stock.Counted, err error) {
	var lines *shop.LinesError
	if !errors.As(err, &lines) {
		return
	}
	for _, f := range lines.Faults {
		for i := range p.Sheet {
			if f.Line <= len(counted) && p.Sheet[i].VariantID == counted[f.Line-1].Variant {
				p.Sheet[i].Fault = f.Message
			}
		}
	}
}
