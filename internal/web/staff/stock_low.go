package staff

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/formats"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// LowStockPage lists sizes of which few are left.
type LowStockPage struct {
	Stock
	Show  string // "out", "low", or "" for both
	At    int    // so many free or fewer are few
	Lines []shop.StockLine
	Next  string // address of the next page, "" on the last
	File  string // address of the list as CSV
}

// A page has so many sizes, a file at most so many.
const (
	lowPage = 60
	lowFile = 50_000
)

func (s *Staff) lowStock(c echo.Context, in database.SignedIn) error {
	p, err := s.stockPage(c, in, "Low stock")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	shown := &LowStockPage{Stock: p, Show: c.QueryParam("show"), At: settings.LowStockAt}
	search, err := lowSearch(settings, shown.Show)
	if err != nil {
		return err
	}
	if search.After, err = s.lowAfter(ctx, c.QueryParam("after")); err != nil {
		return err
	}
	search.Limit = lowPage
	lines, more, err := s.reader.LowStock(ctx, search)
	if err != nil {
		return err
	}
	shown.Lines, shown.File = lines, "/staff/stock/low.csv?"+url.Values{"show": {shown.Show}}.Encode()
	if more != nil {
		shown.Next = "/staff/stock/low?" + url.Values{"show": {shown.Show}, "after": {fmt.Sprintf("%d.%d.%d", more.Product, more.Position+1, more.Variant)}}.Encode()
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/stocklow", shown)
}

// lowSearch is what a list of a name shows.
func lowSearch(settings shop.Settings, show string) (database.LowSearch, error) {
	one := int64(1)
	switch show {
	case "":
		return database.LowSearch{Most: int64(settings.LowStockAt)}, nil
	case "out":
		return database.LowSearch{Most: 0}, nil
	case "low":
		return database.LowSearch{Least: &one, Most: int64(settings.LowStockAt)}, nil
	}
	return database.LowSearch{}, shop.NotFound("There is no such list.")
}

// lowAfter reads where a page begins: product, position and size. The
// product's title is looked up, so that addresses stay short.
func (s *Staff) lowAfter(ctx context.Context, text string) (database.LowPlace, error) {
	if text == "" {
		return database.LowPlace{}, nil
	}
	var place database.LowPlace
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return place, shop.NotFound("There is no such page.")
	}
	product, err := web.ParseID(parts[0])
	position, bad := shop.ParsePieces("after", parts[1])
	variant, worse := shop.ParsePieces("after", parts[2])
	if id, err := web.ParseID(parts[2]); err == nil {
		variant, worse = id, nil
	}
	if err != nil || bad != nil || worse != nil {
		return place, shop.NotFound("There is no such page.")
	}
	last, err := s.reader.ProductTitle(ctx, shop.ProductID(product))
	return database.LowPlace{Title: last.Title, Product: last.ID, Position: int(position) - 1, Variant: shop.VariantID(variant)}, err
}

// lowStockFile is the whole list as CSV.
func (s *Staff) lowStockFile(c echo.Context, _ database.SignedIn) error {
	ctx := c.Request().Context()
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	search, err := lowSearch(settings, c.QueryParam("show"))
	if err != nil {
		return err
	}
	search.Limit = 2_000
	var lines []shop.StockLine
	for more := (&database.LowPlace{}); more != nil && len(lines) < lowFile; search.After = placeOf(more) {
		var part []shop.StockLine
		if part, more, err = s.reader.LowStock(ctx, search); err != nil {
			return err
		}
		lines = append(lines, part...)
	}
	var b bytes.Buffer
	if err := formats.WriteLowStock(&b, lines); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="low-stock.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

func placeOf(more *database.LowPlace) database.LowPlace {
	if more == nil {
		return database.LowPlace{}
	}
	return *more
}
