// Package staff is the door of the shop's people: they sign in, look after
// what the shop sells and has sold, its settings and its health, their own
// account, and owners after everybody's. Every route names what its visitor
// must be allowed to do, and no page is kept by anybody.
package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/access"
	"longrun/internal/catalog"
	"longrun/internal/checkout"
	"longrun/internal/contact"
	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/privacy"
	"longrun/internal/returns"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/web"
)

// Options are what the door stands on.
type Options struct {
	Kit        *web.Kit
	Reader     database.Reader
	Sessions   *database.Sessions // keeps sessions going and ends them
	Access     *access.Service
	Orders     *orders.Orders
	Fulfilment *fulfilment.Service
	Returns    *returns.Returns
	Catalog    *catalog.Catalog
	Discounts  *checkout.Discounts
	Stock      *stock.Service
	Settings   *settings.Service
	Contact    *contact.Service
	Privacy    *privacy.Service
	TaxOff     bool // taxes are not worked out
	System     System
	Invoice    func(c echo.Context, order *shop.Order, back string) error // answers with an order's invoice
	Preview    func(echo.Context, *shop.Product) error                    // answers with a product as shoppers will see it
}

// Staff is the door.
type Staff struct {
	kit        *web.Kit
	reader     database.Reader
	sessions   *database.Sessions
	access     *access.Service
	orders     *orders.Orders
	fulfilment *fulfilment.Service
	returns    *returns.Returns
	catalog    *catalog.Catalog
	discounts  *checkout.Discounts
	stock      *stock.Service
	settings   *settings.Service
	contact    *contact.Service
	privacy    *privacy.Service
	taxOff     bool
	system     System
	invoiceOf  func(c echo.Context, order *shop.Order, back string) error
	preview    func(echo.Context, *shop.Product) error
}

// New makes it.
func New(o Options) *Staff {
	return &Staff{
		kit: o.Kit, reader: o.Reader, sessions: o.Sessions, access: o.Access, orders: o.Orders, fulfilment: o.Fulfilment, returns: o.Returns,
		catalog: o.Catalog, discounts: o.Discounts, preview: o.Preview, stock: o.Stock, settings: o.Settings, contact: o.Contact, privacy: o.Privacy, invoiceOf: o.Invoice, taxOff: o.TaxOff, system: o.System,
	}
}
