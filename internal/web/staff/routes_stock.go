package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// stockRoutes are the addresses of stock.
func (s *Staff) stockRoutes(e *echo.Echo) {
	see, move := shop.CanSeeCatalog, shop.CanMoveStock
	web.Get(e, stockAt, s.allow(see, s.findStock))
	e.POST("/staff/stock/adjust", s.allow(move, s.adjustStock))
	web.Get(e, "/staff/stock/receive", s.allow(move, s.receivePage))
	e.POST("/staff/stock/receive", s.allow(move, s.receive))
	web.Get(e, "/staff/stock/count", s.allow(move, s.countPage))
	e.POST("/staff/stock/count", s.allow(move, s.count))
	web.Get(e, "/staff/stock/sell", s.allow(move, s.sellPage))
	e.POST("/staff/stock/sell", s.allow(move, s.sell))
	e.POST("/staff/stock/sell/undo", s.allow(move, s.undoSale))
	web.Get(e, "/staff/stock/movements", s.allow(see, s.movements))
	web.Get(e, "/staff/stock/waiting", s.allow(see, s.stockWaiting))
	web.Get(e, "/staff/stock/low", s.allow(see, s.lowStock))
	web.Get(e, "/staff/stock/low.csv", s.allow(see, s.lowStockFile))
}

// stockSentences are those of stock.
var stockSentences = map[string]string{
	"adjusted":       "The count is adjusted.",
	"received":       "The delivery is on the shelf.",
	"received-added": "The delivery is on the shelf. Lines that named the same size were added up.",
	"received-again": "This form was sent before. The delivery was not taken in twice.",
	"counted":        "The count is saved.",
}
