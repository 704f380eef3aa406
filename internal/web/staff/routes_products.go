package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// productsAt is where the pages of products begin.
const productsAt = "/staff/products"

func (s *Staff) productRoutes(e *echo.Echo) {
	see, edit, drop := shop.CanSeeCatalog, shop.CanEditCatalog, shop.CanDropProducts
	web.Get(e, productsAt, s.allow(see, s.products))
	e.POST("/staff/products/status", s.allow(edit, s.productStatus))
	web.Get(e, "/staff/products/prices", s.allow(edit, s.prices))
	e.POST("/staff/products/prices", s.allow(edit, s.setPrices))
	web.Get(e, "/staff/products/new", s.allow(edit, s.newProduct))
	e.POST("/staff/products/new", s.allow(edit, s.makeProduct))
	web.Get(e, "/staff/products/:id", s.allow(see, s.product))
	e.POST("/staff/products/:id", s.allow(edit, s.saveProduct))
	web.Get(e, "/staff/products/:id/preview", s.allow(see, s.previewProduct))
	web.Get(e, "/staff/products/:id/duplicate", s.allow(edit, s.duplicatePage))
	e.POST("/staff/products/:id/duplicate", s.allow(edit, s.duplicate))
	web.Get(e, "/staff/products/:id/delete", s.allow(drop, s.deletePage))
	e.POST("/staff/products/:id/delete", s.allow(drop, s.deleteProduct))
}

// productSentences are what is said after a form about products.
var productSentences = map[string]string{
	"product-saved":      "The product is saved.",
	"product-made":       "The product is made.",
	"product-duplicated": "This is the copy. It is a draft until you set it active.",
	"product-deleted":    "The product is deleted.",
	"product-archived":   "The product was sold before, so it is archived and not deleted.",
	"product-status":     "The products have their new status.",
	"prices-set":         "The prices are changed.",
}
