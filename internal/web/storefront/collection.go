package storefront

import (
	"context"
	"html/template"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

const (
	allHandle = "all" // the collection of everything, as Shopify has it
	perPage   = 24
)

// sortTitles are the ways to sort as the form offers them.
var sortTitles = map[string]string{
	shop.SortManual:    "Our order",
	shop.SortTitle:     "Name, A to Z",
	shop.SortTitleDown: "Name, Z to A",
	shop.SortPrice:     "Price, low to high",
	shop.SortPriceDown: "Price, high to low",
	shop.SortNewest:    "Newest first",
	shop.SortOldest:    "Oldest first",
}

// collectionOf is the collection of an address; of everything its id is nil.
func (s *Storefront) collectionOf(ctx context.Context, handle string) (shop.Collection, *shop.CollectionID, error) {
	if handle == allHandle {
		return shop.Collection{Handle: allHandle, Title: "All products", SortOrder: shop.SortTitle}, nil, nil
	}
	collection, err := s.reader.CollectionByHandle(ctx, handle)
	return collection, &collection.ID, err
}

// collection lists a collection's products, a page at a time.
func (s *Storefront) collection(c echo.Context) (web.View, error) {
	ctx := c.Request().Context()
	collection, id, err := s.collectionOf(ctx, c.Param("collection"))
	if err != nil {
		return web.View{}, err
	}
	asked, number := c.QueryParam("sort_by"), pageNumber(c.QueryParam("page"))
	sort := shop.SortOr(asked, collection.SortOrder)
	products, more, err := s.reader.ProductCards(ctx, database.ListQuery{Collection: id, Sort: sort, Limit: perPage, Page: number})
	if err != nil {
		return web.View{}, err
	}
	if len(products) == 0 && number > 1 {
		return web.View{}, shop.NotFound("This list has no page %d.", number)
	}
	base, err := s.kit.Page(c)
	if err != nil {
		return web.View{}, err
	}
	page := &CollectionPage{
		Page: base, Heading: collection.Title, Text: template.HTML(collection.Description),
		Action: "/collections/" + collection.Handle, Sort: sort, Sorts: sortChoices(id != nil), Number: number,
	}
	if page.Cards, err = s.cards(ctx, products); err != nil {
		return web.View{}, err
	}
	s.describeCollection(page, collection, asked, more)
	view, err := s.view(ctx, "storefront/collection", page, idsOf(products))
	view.Shown.Once = asked != "" && asked != sort || !plainNumber(c.QueryParam("page"), number)
	return view, err
}

func (s *Storefront) describeCollection(page *CollectionPage, collection shop.Collection, asked string, more bool) {
	page.Title = collection.Title
	if page.Number > 1 {
		page.Title += ", page " + strconv.Itoa(page.Number)
	}
	page.Description = short(plain(collection.Description), 160)
	page.Canonical = s.kit.BaseURL() + pageURL(page.Action, "", page.Number)
	page.NoIndex = page.NoIndex || asked != ""
	page.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Collections", URL: "/collections"}, {Title: collection.Title}}
	page.JSONLD = scripts(s.breadcrumbs(page.Crumbs))
	if page.Number > 1 {
		page.Prev = pageURL(page.Action, asked, page.Number-1)
	}
	if more {
		page.Next = pageURL(page.Action, asked, page.Number+1)
	}
}

func sortChoices(manual bool) []SortChoice {
	var choices []SortChoice
	for _, value := range shop.SortOrders() {
		if manual || value != shop.SortManual {
			choices = append(choices, SortChoice{value, sortTitles[value]})
		}
	}
	return choices
}

// pageNumber reads a page's number; anything else is the first page.
func pageNumber(s string) int {
	n, err := web.ParseID(s)
	if err != nil || n > database.MaxPage {
		return 1
	}
	return int(n)
}

// plainNumber says whether a number was asked for in its one plain form.
func plainNumber(asked string, n int) bool { return asked == "" || asked == strconv.Itoa(n) }

func pageURL(path, sort string, number int) string {
	query := url.Values{}
	if sort != "" {
		query.Set("sort_by", sort)
	}
	if number > 1 {
		query.Set("page", strconv.Itoa(number))
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
