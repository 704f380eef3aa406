package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// discountRoutes are the discount codes.
func (s *Staff) discountRoutes(e *echo.Echo) {
	manage := shop.CanManageDiscounts
	web.Get(e, discountsURL, s.allow(manage, s.discountList))
	web.Get(e, "/staff/discounts/new", s.allow(manage, s.newDiscount))
	e.POST("/staff/discounts/new", s.allow(manage, s.makeDiscount))
	web.Get(e, "/staff/discounts/:id", s.allow(manage, s.discount))
	e.POST("/staff/discounts/:id", s.allow(manage, s.saveDiscount))
	e.POST("/staff/discounts/:id/end", s.allow(manage, s.switchDiscount(false)))
	e.POST("/staff/discounts/:id/restore", s.allow(manage, s.switchDiscount(true)))
}

// discountSentences are what is said after a form about discount codes.
var discountSentences = map[string]string{
	"code-made":     "The code is made. Shoppers can use it from its start on.",
	"code-kept":     "The code is saved. Orders keep what they were placed with.",
	"code-ended":    "The code is off. Orders that were placed with it keep it.",
	"code-restored": "The code is on again.",
}
