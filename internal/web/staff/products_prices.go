package staff

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// PricesPage changes the prices of any products by a list of SKU and price.
type PricesPage struct {
	Page
	Text     string // as pasted
	Lines    []PriceLine
	Same     int // of those listed, how many have that price already
	Seen     string
	Wrong    []string
	Warnings []string
	Sure     string
}

// PriceLine is a price that will change.
type PriceLine struct{ SKU, Product, Size, From, To string }

func (s *Staff) prices(c echo.Context, in database.SignedIn) error {
	p, err := s.pricesPage(c, in)
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/product_prices", p)
}

func (s *Staff) pricesPage(c echo.Context, in database.SignedIn) (*PricesPage, error) {
	p, err := s.page(c, &in, "Change prices")
	p.Path = productsAt
	return &PricesPage{Page: p}, err
}

// setPrices first shows every price that a list would change, and changes
// them when the list comes back with what was shown.
func (s *Staff) setPrices(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	p, err := s.pricesPage(c, in)
	if err != nil {
		return err
	}
	p.Text = form.Get("list")
	changes, err := s.readPrices(c, p)
	if err != nil {
		return err
	}
	if len(p.Wrong) > 0 {
		p.Error = "Nothing is changed: " + several(len(p.Wrong), "one row is", "rows are") + " not right."
		return s.kit.RenderStaff(c, http.StatusUnprocessableEntity, "staff/product_prices", p)
	}
	p.show(changes)
	switch seen := form.Get("seen"); {
	case seen == "" || len(changes) == 0:
		return s.kit.RenderStaff(c, http.StatusOK, "staff/product_prices", p)
	case seen != p.Seen:
		p.Error = "Some of these prices have changed since. This is what would change now; nothing is saved yet."
		return s.kit.RenderStaff(c, http.StatusConflict, "staff/product_prices", p)
	}
	return s.applyPrices(c, in, p, changes, form.Get("sure"))
}

func (s *Staff) applyPrices(c echo.Context, in database.SignedIn, p *PricesPage, changes []catalog.PriceChange, sure string) error {
	err := s.catalog.SetPrices(c.Request().Context(), in.Staff.Actor(), changes, sure == p.Seen)
	if err == nil {
		return c.Redirect(http.StatusSeeOther, productsAt+"?done=prices-set")
	}
	var unsure *catalog.Unsure
	if errors.As(err, &unsure) {
		p.Warnings, p.Sure = unsure.Warnings, p.Seen
	}
	status, err := p.refuse(err)
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/product_prices", p)
}

// readPrices reads the list and finds what it names.
func (s *Staff) readPrices(c echo.Context, p *PricesPage) ([]catalog.PriceChange, error) {
	rows, err := shop.ParseSheet(p.Text)
	if err != nil {
		p.Wrong = []string{shop.MessageOf(err)}
		return nil, nil
	}
	rows = trimmed(rows)
	if len(rows) > 0 && lower(rows[0][0]) == "sku" {
		rows = rows[1:]
	}
	if len(rows) == 0 || len(rows) > catalog.MaxPrices {
		p.Wrong = []string{fmt.Sprintf("Paste 1 to %d rows.", catalog.MaxPrices)}
		return nil, nil
	}
	var skus []string
	for _, row := range rows {
		skus = append(skus, row[0])
	}
	found, err := s.reader.PricesBySKU(c.Request().Context(), skus)
	if err != nil {
		return nil, err
	}
	by := map[string][]database.PricedVariant{}
	for _, v := range found {
		by[v.SKU] = append(by[v.SKU], v)
	}
	var changes []catalog.PriceChange
	seen := map[string]bool{}
	for i, row := range rows {
		p.readRow(i+1, row, by[row[0]], seen, &changes)
	}
	return changes, nil
}

// readRow takes one row into the changes, or says what is wrong with it.
func (p *PricesPage) readRow(n int, row []string, found []database.PricedVariant, seen map[string]bool, changes *[]catalog.PriceChange) {
	fault := func(format string, args ...any) {
		if len(p.Wrong) < 10_000 {
			p.Wrong = append(p.Wrong, fmt.Sprintf("Row %d: ", n)+fmt.Sprintf(format, args...))
		}
	}
	if len(row) != 2 {
		fault("this has %s; write an SKU and a price.", several(len(row), "one cell", "cells"))
		return
	}
	to, err := shop.ParsePrice(row[1])
	switch {
	case seen[row[0]]:
		fault("the SKU %q is there twice.", row[0])
	case len(found) == 0:
		fault("there is no SKU %q.", row[0])
	case len(found) > 1:
		fault("the SKU %q belongs to %d sizes, of %s and %s.", row[0], len(found), found[0].Product, found[1].Product)
	case err != nil:
		fault("%s", shop.MessageOf(err))
	case found[0].Price == to:
		p.Same++
	default:
		*changes = append(*changes, catalog.PriceChange{Variant: found[0], To: to})
	}
	seen[row[0]] = true
}

func (p *PricesPage) show(changes []catalog.PriceChange) {
	var text []string
	for _, change := range changes {
		v := change.Variant
		line := PriceLine{SKU: v.SKU, Product: v.Product, Size: v.Title(), From: v.Price.String(), To: change.To.String()}
		p.Lines = append(p.Lines, line)
		text = append(text, strings.Join([]string{fmt.Sprint(v.ID), line.From, line.To}, " "))
	}
	p.Seen = digestOf(text)
}
