package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// collectionRoutes are the collections that are made by hand.
func (s *Staff) collectionRoutes(e *echo.Echo) {
	see, edit := shop.CanSeeCatalog, shop.CanEditCatalog
	web.Get(e, "/staff/collections", s.allow(see, s.collections))
	e.POST("/staff/collections/order", s.allow(edit, s.orderCollections))
	web.Get(e, "/staff/collections/new", s.allow(edit, s.newCollection))
	e.POST("/staff/collections/new", s.allow(edit, s.makeCollection))
	web.Get(e, "/staff/collections/:id", s.allow(see, s.collection))
	e.POST("/staff/collections/:id", s.allow(edit, s.saveCollection))
	e.POST("/staff/collections/:id/add", s.allow(edit, s.addToCollection))
	e.POST("/staff/collections/:id/remove", s.allow(edit, s.removeFromCollection))
	e.POST("/staff/collections/:id/order", s.allow(edit, s.arrangeCollection))
	web.Get(e, "/staff/collections/:id/delete", s.allow(edit, s.dropCollectionPage))
	e.POST("/staff/collections/:id/delete", s.allow(edit, s.dropCollection))
}

// collectionSentences are what is said after a form about collections.
var collectionSentences = map[string]string{
	"made":      "The collection is made. Now put products into it.",
	"kept":      "The collection is saved.",
	"gathered":  "They are in the collection.",
	"taken-out": "They are not in the collection any more.",
	"arranged":  "The order is saved.",
	"dropped":   "The collection is gone. Its products are still in the shop.",
}
