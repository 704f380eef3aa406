package staff

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// usualTaxCode is Stripe's for goods in general, for a shop that has no
// product yet to take it from.
const usualTaxCode = "txcd_99999999"

// newProduct begins with what the product changed last has in common with
// most others, so that a shoe needs little more than its name and its sizes.
func (s *Staff) newProduct(c echo.Context, in database.SignedIn) error {
	p, err := s.productPage(c, in, blankProduct())
	if err != nil {
		return err
	}
	if err := s.takeUsual(c.Request().Context(), p); err != nil {
		return err
	}
	p.Base = p.Typed.pack()
	return s.showProduct(c, http.StatusOK, p, blankProduct())
}

func blankProduct() *shop.Product {
	return &shop.Product{Status: shop.ProductActive, Published: true}
}

func (s *Staff) takeUsual(ctx context.Context, p *ProductPage) error {
	for name, value := range map[string]string{
		"all.taxable": "yes", "all.shipping": "yes", "all.tracked": "yes", "all.policy": string(shop.PolicyDeny), "all.tax_code": usualTaxCode,
	} {
		p.Typed[name] = value
	}
	rows, _, err := s.reader.SearchProducts(ctx, database.ProductSearch{Limit: 1})
	if err != nil || len(rows) == 0 {
		return err
	}
	last, err := s.reader.ProductForStaff(ctx, rows[0].ID)
	if err != nil {
		return err
	}
	p.Typed["type"], p.Typed["vendor"] = last.Type, last.Vendor
	for _, c := range common {
		if value := c.of(&last); value != "" && c.name != "all.policy" {
			p.Typed[c.name] = value
		}
	}
	return nil
}

func (s *Staff) makeProduct(c echo.Context, in database.SignedIn) error {
	return s.takeProduct(c, in, blankProduct())
}
