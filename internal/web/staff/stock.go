package staff

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

const stockAt = "/staff/stock"

// Stock is what every page of stock has.
type Stock struct {
	Page
	Ways    []web.MenuItem // to the other pages of stock
	MayMove bool
	Key     string           // makes a form act once
	Faults  []shop.LineFault // what is wrong with lines that were typed
}

// stockWays are the pages of stock, with what it takes to see them.
var stockWays = []struct {
	title, url string
	needs      shop.Action
}{
	{"Find", stockAt, shop.CanSeeCatalog},
	{"Sell in store", "/staff/stock/sell", shop.CanMoveStock},
	{"Receive", "/staff/stock/receive", shop.CanMoveStock},
	{"Count", "/staff/stock/count", shop.CanMoveStock},
	{"Low stock", "/staff/stock/low", shop.CanSeeCatalog},
	{"Waiting", "/staff/stock/waiting", shop.CanSeeCatalog},
	{"Movements", "/staff/stock/movements", shop.CanSeeCatalog},
}

func (s *Staff) stockPage(c echo.Context, in database.SignedIn, title string) (Stock, error) {
	p, err := s.page(c, &in, title)
	if err != nil {
		return Stock{}, err
	}
	shown := Stock{Page: p, MayMove: in.Staff.May(shop.CanMoveStock), Key: rand.Text()}
	for _, w := range stockWays {
		if in.Staff.May(w.needs) {
			shown.Ways = append(shown.Ways, web.MenuItem{Title: w.title, URL: w.url})
		}
	}
	return shown, nil
}

// Here says whether this page is the one that a way leads to.
func (p Stock) Here(url string) bool {
	return p.Path == url || url == stockAt && p.Path == stockAt+"/adjust"
}

// refuse puts a refusal on the page, with the lines that it names.
func (p *Stock) refuse(err error) (int, error) {
	var lines *shop.LinesError
	if errors.As(err, &lines) {
		p.Faults = lines.Faults
	}
	return p.Page.refuse(err)
}

// keepKey gives a form that was refused its key again, so that what was sent
// twice by mistake still acts once. After a conflict over the key itself it
// gets a new one.
func (p *Stock) keepKey(typed string, status int) {
	if shop.IsFormKey(typed) && status != 409 {
		p.Key = typed
	}
}

// words are the words of a search.
func words(q string) []string { return strings.Fields(q) }

// variantIDs are the ids of lines.
func variantIDs(lines []shop.StockLine) []shop.VariantID {
	ids := make([]shop.VariantID, len(lines))
	for i, l := range lines {
		ids[i] = l.VariantID
	}
	return ids
}

// sizeWords parts the words of a search into those of a title and those that
// look like a size or a width: "9", "9.5", "D", "2E".
func sizeWords(q string) (title, size []string) {
	for _, w := range words(q) {
		if isSizeWord(w) {
			size = append(size, w)
		} else {
			title = append(title, w)
		}
	}
	if len(title) == 0 {
		return size, nil
	}
	return title, size
}

func isSizeWord(w string) bool {
	rest := strings.TrimRight(strings.ToUpper(w), "ABDEMWXS")
	return len(w) <= 4 && strings.Trim(rest, "0123456789.") == "" && (rest != "" || len(w) == 1 || slices.Contains([]string{"EE", "XS", "XL"}, strings.ToUpper(w)))
}

// hasSize says whether a line has all the words in its size, or in its title.
func hasSize(l shop.StockLine, size []string) bool {
	for _, w := range size {
		same := strings.EqualFold(w, l.Option1) || strings.EqualFold(w, l.Option2) || strings.EqualFold(w, l.Option3)
		if !same && !slices.ContainsFunc(words(l.ProductTitle), func(t string) bool { return strings.EqualFold(t, w) }) {
			return false
		}
	}
	return true
}
