package storefront

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// InvoicePage is an order's invoice, to be printed.
type InvoicePage struct {
	web.Page
	shop.Invoice
	Heading string
	Seller  []string // the shop's name and address when the order was placed
	Placed  string   // days, as people read them
	Paid    string
	Means   string // "Visa ending in 4242", "" where it is not known
	Refunds []InvoiceRefund
	Back    string // URL of the order
}

// InvoiceRefund is money given back with its day.
type InvoiceRefund struct {
	shop.InvoiceRefund
	Day   string
	Under bool // the money is on its way
}

// invoice is for whoever has the order's private link: its buyer, also where
// somebody else gets the parcel.
func (s *Storefront) invoice(c echo.Context) error {
	order, err := s.reader.OrderByLink(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return s.Invoice(c, &order, "/orders/"+c.Param("token"))
}

// Invoice answers with an order's invoice, which nobody keeps; back is where
// its page leads back to. Who may see it is for the caller to know. An order
// that is not paid is KindNotFound.
func (s *Storefront) Invoice(c echo.Context, order *shop.Order, back string) error {
	web.KeepAddress(c, false)
	ctx := c.Request().Context()
	refunds, err := s.reader.RefundsOfOrder(ctx, order.ID)
	if err != nil {
		return err
	}
	units, err := s.reader.RefundUnitsOfOrder(ctx, order.ID)
	if err != nil {
		return err
	}
	invoice, err := shop.InvoiceFor(order, refunds, units)
	if err != nil {
		return err
	}
	placedUnder, err := s.reader.SettingsVersion(ctx, order.SettingsVersion)
	if err != nil {
		return err
	}
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page := &InvoicePage{Page: base, Invoice: invoice, Back: back, Heading: fmt.Sprintf("Invoice #%d", deref(order.Number))}
	page.Title, page.NoIndex = page.Heading, true
	page.Seller = strings.Split(placedUnder.ShopAddress, "\n")
	if !strings.HasPrefix(placedUnder.ShopAddress, placedUnder.ShopName) {
		page.Seller = append([]string{placedUnder.ShopName}, page.Seller...)
	}
	zone := placedUnder.Location()
	day := func(at shop.Instant) string { return at.In(zone).Format("January 2, 2006") }
	page.Placed = day(order.PlacedAt)
	if order.PaidAt != nil {
		page.Paid = day(*order.PaidAt)
	}
	for _, r := range invoice.Refunds {
		page.Refunds = append(page.Refunds, InvoiceRefund{r, day(r.CreatedAt), r.State != shop.RefundSucceeded})
	}
	attempt, err := s.reader.AttemptOfOrder(ctx, order.ID)
	if err != nil && !shop.IsNotFound(err) {
		return err
	}
	if attempt.State == shop.AttemptPaid && attempt.CardLast4 != "" {
		page.Means = capital(attempt.CardBrand) + " ending in " + attempt.CardLast4
	}
	return s.kit.Render(c, http.StatusOK, "storefront/invoice", page)
}

func deref(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}
