package storefront

import (
	"context"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// How much the front page shows.
const (
	newOnHome  = 9 // one large, eight small
	saleOnHome = 3
)

// home is the front page: the newest shoe that can be bought, what is new,
// the collections, and what costs less than it did.
func (s *Storefront) home(c echo.Context) (web.View, error) {
	ctx := c.Request().Context()
	page := &HomePage{Heading: "Shoes for the long way round"}
	base, err := s.kit.Page(c)
	if err != nil {
		return web.View{}, err
	}
	page.Page = base
	page.Canonical = s.abs("/")
	page.Description = "Running shoes for road, trail and track. " + base.Banner
	page.JSONLD = scripts(s.organization(&base))
	newest, _, err := s.reader.ProductCards(ctx, database.ListQuery{Sort: shop.SortNewest, Limit: newOnHome + 1})
	if err != nil {
		return web.View{}, err
	}
	if page.New, err = s.cards(ctx, newest); err != nil {
		return web.View{}, err
	}
	page.Lead, page.New = lead(page.New)
	sale, err := s.reader.ProductsOnSale(ctx, saleOnHome)
	if err != nil {
		return web.View{}, err
	}
	if page.OnSale, err = s.cards(ctx, sale); err != nil {
		return web.View{}, err
	}
	covers, shown, err := s.collectionCards(ctx)
	if err != nil {
		return web.View{}, err
	}
	page.Collections = covers
	return s.view(ctx, "storefront/home", page, append(shown, idsOf(newest, sale)...))
}

// lead takes the first card that can be bought out of a list.
func lead(cards []Card) (*Card, []Card) {
	for i := range cards {
		if !cards[i].SoldOut {
			first := cards[i]
			first.Lazy = false
			return &first, append(cards[:i:i], cards[i+1:]...)
		}
	}
	return nil, cards
}

// view is a page that is kept until one of these products changes or the next
// one is published.
func (s *Storefront) view(ctx context.Context, template string, page any, ids []shop.ProductID) (web.View, error) {
	until, err := s.reader.NextMoment(ctx)
	return web.View{Template: template, Page: page, Shown: web.Shown{Products: ids, Until: until}}, err
}
