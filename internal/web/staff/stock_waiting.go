package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// StockWaitingPage lists the sizes that people wait for. Who they are is not
// shown: the shop writes to them by itself.
type StockWaitingPage struct {
	Stock
	Lines []WaitingRow
	Most  int // how many sizes the list shows
}

// WaitingRow is a size with how many wait for it.
type WaitingRow struct {
	shop.StockLine
	Waiting string // "2 wait"
	FirstAt shop.Instant
}

// mostWaited is how many sizes the list shows.
const mostWaited = 100

func (s *Staff) stockWaiting(c echo.Context, in database.SignedIn) error {
	p, err := s.stockPage(c, in, "Waiting")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	waits, err := s.reader.LongestWaits(ctx, mostWaited)
	if err != nil {
		return err
	}
	ids := make([]shop.VariantID, len(waits))
	for i, w := range waits {
		ids[i] = w.VariantID
	}
	found, err := s.reader.StockLines(ctx, ids)
	if err != nil {
		return err
	}
	shown := &StockWaitingPage{Stock: p, Most: mostWaited}
	for _, w := range waits {
		if line, ok := found[w.VariantID]; ok {
			shown.Lines = append(shown.Lines, WaitingRow{line, shop.Waiting(w.N, database.MostWaits), w.FirstAt})
		}
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/stockwaiting", shown)
}
