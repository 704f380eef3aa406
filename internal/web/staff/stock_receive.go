package staff

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/web"
)

// ReceivePage takes a delivery in.
type ReceivePage struct {
	Stock
	Reference string
	Lines     string // as typed
	Found     []stock.Line
	Pieces    int64 // of all that was found
}

func (s *Staff) receivePage(c echo.Context, in database.SignedIn) error {
	return s.showReceive(c, in, &ReceivePage{}, nil)
}

func (s *Staff) showReceive(c echo.Context, in database.SignedIn, shown *ReceivePage, refusal error) (err error) {
	typed := shown.Key
	if shown.Stock, err = s.stockPage(c, in, "Receive a delivery"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	shown.keepKey(typed, status)
	return s.kit.RenderStaff(c, status, "staff/stockreceive", shown)
}

func (s *Staff) receive(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	shown := &ReceivePage{Reference: form.Get("reference"), Lines: form.Get("lines")}
	shown.Key = form.Get("key")
	lines, found, refusal := s.typedLines(ctx, shown.Lines, 1)
	if refusal != nil {
		return s.showReceive(c, in, shown, refusal)
	}
	if form.Get("do") == "look" {
		shown.Found = found
		for _, l := range found {
			shown.Pieces += l.Quantity
		}
		return s.showReceive(c, in, shown, nil)
	}
	received, err := s.stock.Receive(ctx, in.Staff.Actor(), stock.Delivery{Reference: shown.Reference, Lines: lines, Key: shown.Key})
	if err != nil {
		return s.showReceive(c, in, shown, err)
	}
	done := "received"
	switch {
	case received.Repeated:
		done = "received-again"
	case received.AddedUp:
		done = "received-added"
	}
	return c.Redirect(http.StatusSeeOther, "/staff/stock/movements?"+url.Values{"kind": {shop.CauseDelivery}, "cause": {shown.Key}, "done": {done}}.Encode())
}

// typedLines reads lines and finds what they mean. Everything that is wrong
// with any of them is told at once.
func (s *Staff) typedLines(ctx context.Context, text string, least int64) ([]shop.TypedLine, []stock.Line, error) {
	lines, wrong := shop.ParseStockLines(text, least)
	if wrong != nil && len(lines) == 0 {
		return nil, nil, wrong
	}
	found, unknown := s.stock.Look(ctx, lines)
	if wrong != nil {
		return nil, nil, shop.FaultsTogether(wrong, unknown)
	}
	return lines, found, unknown
}
