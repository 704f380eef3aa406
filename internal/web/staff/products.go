package staff

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// ProductsPage lists products and searches them.
type ProductsPage struct {
	Page
	Tabs                     []ProductTab
	Tab                      string
	Text, Vendor, Type, Tag  string // as typed
	Stock                    string
	Words                    ProductWords
	Rows                     []ProductLine
	Next                     string // address of the next page, "" on the last
	MayEdit, MayDrop, Sifted bool
}

// ProductTab is a tab with how many products stand under it.
type ProductTab struct {
	Title, URL, Count string
	Here              bool
}

// ProductLine is a line of the list.
type ProductLine struct {
	database.ProductRow
	URL, Picture  string
	Width, Height int
	Stock         string
	Prices        string
	Note          string // when it will be seen or sold, "" for now
}

// productsPerPage is how many lines a page has.
const productsPerPage = 50

func (s *Staff) products(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Products")
	if err != nil {
		return err
	}
	shown := &ProductsPage{
		Page: p, Tab: c.QueryParam("tab"), Text: c.QueryParam("q"), Vendor: c.QueryParam("vendor"), Type: c.QueryParam("type"), Tag: c.QueryParam("tag"),
		Stock: c.QueryParam("stock"), MayEdit: in.Staff.May(shop.CanEditCatalog), MayDrop: in.Staff.May(shop.CanDropProducts),
	}
	ctx := c.Request().Context()
	words, err := s.reader.ProductWords(ctx)
	if err != nil {
		return err
	}
	shown.Words = ProductWords{Vendors: words.Vendors, Types: words.Types, Tags: words.Tags}
	counts, err := s.reader.ProductTabs(ctx)
	if err != nil {
		return err
	}
	shown.showTabs(counts)
	status := http.StatusOK
	if err := s.findProducts(ctx, shown, c.QueryParam("after")); err != nil {
		if status, err = shown.refuse(err); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/products", shown)
}

// findProducts fills the page with what its search finds, from where the page
// before ended.
func (s *Staff) findProducts(ctx context.Context, p *ProductsPage, after string) error {
	search, err := p.search(after)
	if err != nil {
		return err
	}
	rows, next, err := s.reader.SearchProducts(ctx, search)
	if err != nil {
		return err
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	for i := range rows {
		line := s.productLine(&rows[i], p.zoneOrUTC(), now)
		line.Stock = stockText(&rows[i])
		p.Rows = append(p.Rows, line)
	}
	if next != nil {
		p.Next = p.address("after", fmt.Sprintf("%d-%d", next.UpdatedAt.UnixMicro(), next.ID))
	}
	return nil
}

func (p *ProductsPage) showTabs(counts []database.TabCount) {
	titles := map[string]string{"": "All", "active": "Active", "draft": "Draft", "archived": "Archived"}
	for _, n := range counts {
		count := strconv.Itoa(n.N)
		if n.More {
			count += "+"
		}
		p.Tabs = append(p.Tabs, ProductTab{titles[n.Tab], p.address("tab", n.Tab), count, n.Tab == p.Tab})
	}
	p.Sifted = p.Text+p.Vendor+p.Type+p.Tag+p.Stock+p.Tab != ""
}

// search is what was typed as a search.
func (p *ProductsPage) search(after string) (database.ProductSearch, error) {
	q := database.ProductSearch{
		Tab: p.Tab, Text: strings.TrimSpace(p.Text), Vendor: p.Vendor, Type: p.Type, Tag: p.Tag, Stock: p.Stock, Limit: productsPerPage,
	}
	switch p.Tab {
	case "", string(shop.ProductActive), string(shop.ProductDraft), string(shop.ProductArchived):
	default:
		return q, shop.Invalid("There is no such tab.")
	}
	if p.Stock != "" && p.Stock != "out" && p.Stock != "low" {
		return q, shop.Invalid("There is no such filter for stock.")
	}
	if after == "" {
		return q, nil
	}
	at, id, _ := strings.Cut(after, "-")
	micros, err := strconv.ParseInt(at, 10, 64)
	n, err2 := web.ParseID(id)
	if err != nil || err2 != nil || micros < 0 || micros > 1<<53 {
		return q, shop.Invalid("The page's address is not right.")
	}
	q.After = &database.ProductCursor{UpdatedAt: shop.At(time.UnixMicro(micros)), ID: shop.ProductID(n)}
	return q, nil
}

// address is the list's with one thing changed.
func (p *ProductsPage) address(name, value string) string {
	q := url.Values{}
	for field, typed := range map[string]string{"tab": p.Tab, "q": p.Text, "vendor": p.Vendor, "type": p.Type, "tag": p.Tag, "stock": p.Stock} {
		if typed != "" {
			q.Set(field, typed)
		}
	}
	if q.Set(name, value); value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return productsAt
	}
	return productsAt + "?" + q.Encode()
}

func (s *Staff) productLine(row *database.ProductRow, zone *time.Location, now shop.Instant) ProductLine {
	line := ProductLine{ProductRow: *row, URL: productURL(row.ID), Picture: s.kit.Asset("img/stand-in.svg"), Width: 96, Height: 72}
	if row.Picture != nil && row.Picture.Picture != nil {
		line.Picture, line.Width, line.Height = thumbnail(row.Picture.Picture)
	}
	line.Prices = row.PriceLow.String()
	if row.PriceHigh != row.PriceLow {
		line.Prices += " to " + row.PriceHigh.String()
	}
	when := func(at *shop.Instant) string { return at.In(zone).Format("Jan 2, 15:04") }
	switch {
	case !row.Published:
		line.Note = "not in the online shop"
	case row.PublishAt != nil && now.Before(*row.PublishAt):
		line.Note = "shown from " + when(row.PublishAt)
	case row.OnSaleAt != nil && now.Before(*row.OnSaleAt):
		line.Note = "on sale from " + when(row.OnSaleAt)
	}
	return line
}

// stockText says what can still be sold: "12 in 5 sizes, 2 sizes out".
func stockText(row *database.ProductRow) string {
	out := row.Out
	switch {
	case !row.Tracked:
		return "not counted"
	case out == row.Variants:
		return "sold out"
	}
	text := fmt.Sprintf("%d in %s", row.Free, several(row.Variants-out, "one size", "sizes"))
	if out > 0 {
		text += ", " + several(out, "one size out", "sizes out")
	}
	return text
}
