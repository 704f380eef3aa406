package staff

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// toShipFile is the orders to ship as a file for programs that print labels.
func (s *Staff) toShipFile(c echo.Context, _ database.SignedIn) error {
	now, err := s.reader.Now(c.Request().Context())
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="to-ship-%s.csv"`, now.Format("2006-01-02")))
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	return s.fulfilment.ToShipCSV(c.Request().Context(), c.Response())
}

// TrackingPage takes a file of tracking numbers.
type TrackingPage struct {
	Page
	Pasted string
	Report *fulfilment.TrackingReport // nil before there was a file
}

// largestTracking is how large a file of tracking numbers may be; the form
// around it has a limit of its own.
const largestTracking = 900 << 10

func (s *Staff) trackingPage(c echo.Context, in database.SignedIn) error {
	return s.showTracking(c, in, &TrackingPage{}, nil)
}

func (s *Staff) showTracking(c echo.Context, in database.SignedIn, shown *TrackingPage, refusal error) error {
	p, err := s.page(c, &in, "Tracking numbers from a file")
	if err != nil {
		return err
	}
	p.Path = ordersURL
	shown.Page = p
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/ordertracking", shown)
}

// importTracking reads a file or what was pasted, and shows what came of each
// row. Showing it again does nothing twice.
func (s *Staff) importTracking(c echo.Context, in database.SignedIn) error {
	form, file, err := web.FormFile(c, "file", largestTracking)
	if err != nil {
		return err
	}
	shown := &TrackingPage{Pasted: form.Get("pasted")}
	if file == nil {
		file = []byte(shown.Pasted)
	}
	if strings.TrimSpace(string(file)) == "" {
		return s.showTracking(c, in, shown, shop.Invalid("Choose a file, or paste its rows."))
	}
	report, err := s.fulfilment.ImportTracking(c.Request().Context(), in.Staff.Actor(), bytes.NewReader(file))
	if err != nil {
		return s.showTracking(c, in, shown, err)
	}
	shown.Report = &report
	return s.showTracking(c, in, shown, nil)
}
