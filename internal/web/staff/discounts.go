package staff

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

const (
	discountsURL  = "/staff/discounts"
	discountsPage = 50 // codes, or orders of a code, on one page
)

// DiscountsPage lists the discount codes, the newest first.
type DiscountsPage struct {
	Page
	Lines []DiscountLine
	First bool   // nothing is before these
	Next  string // address of the older ones, "" when there are none
}

// DiscountLine is a code in the list.
type DiscountLine struct {
	shop.Discount
	URL   string
	State string // active, scheduled, ended, used up, off
}

// Limit is how often the code may be used, in words.
func (l DiscountLine) Limit() string {
	if l.MaxUses == nil {
		return "no limit"
	}
	return fmt.Sprintf("of %d", *l.MaxUses)
}

func (s *Staff) discountList(c echo.Context, in database.SignedIn) error {
	ctx := c.Request().Context()
	p, err := s.page(c, &in, "Discount codes")
	if err != nil {
		return err
	}
	before := before(c)
	list, err := s.reader.Discounts(ctx, shop.DiscountID(before), discountsPage+1)
	if err != nil {
		return err
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	shown := &DiscountsPage{Page: p, First: before == 0}
	if len(list) > discountsPage {
		list = list[:discountsPage]
		shown.Next = fmt.Sprintf("%s?before=%d", discountsURL, list[len(list)-1].ID)
	}
	for _, d := range list {
		shown.Lines = append(shown.Lines, DiscountLine{d, discountURL(d.ID), d.StateAt(now)})
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/discounts", shown)
}

// before is the id at which a page of a list ended, 0 for its first page.
func before(c echo.Context) int64 {
	id, err := web.ParseID(c.QueryParam("before"))
	if err != nil {
		return 0
	}
	return id
}

func discountURL(id shop.DiscountID) string { return fmt.Sprintf("%s/%d", discountsURL, id) }
