package storefront

import (
	"context"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// collections lists the collections.
func (s *Storefront) collections(c echo.Context) (web.View, error) {
	ctx := c.Request().Context()
	base, err := s.kit.Page(c)
	if err != nil {
		return web.View{}, err
	}
	page := &CollectionsPage{Page: base}
	page.Title, page.Canonical = "Collections", s.abs("/collections")
	page.Description = "Everything " + base.ShopName + " sells, by what it is for."
	page.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Collections"}}
	page.JSONLD = scripts(s.breadcrumbs(page.Crumbs))
	var shown []shop.ProductID
	if page.Collections, shown, err = s.collectionCards(ctx); err != nil {
		return web.View{}, err
	}
	return s.view(ctx, "storefront/collections", page, shown)
}

// collectionCards are all collections with the picture of their first product.
func (s *Storefront) collectionCards(ctx context.Context) (cards []CollectionCard, shown []shop.ProductID, err error) {
	list, err := s.reader.Collections(ctx)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]shop.CollectionID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	covers, err := s.reader.CollectionCovers(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, collection := range list {
		card := CollectionCard{
			Title: collection.Title, URL: "/collections/" + collection.Handle,
			Text: firstSentence(collection.Description), Image: s.picture(nil, "", sizesCard),
		}
		if p, ok := covers[collection.ID]; ok {
			card.Image = s.firstPicture(&p, sizesCard)
			shown = append(shown, p.ID)
		}
		cards = append(cards, card)
	}
	return cards, shown, nil
}
