package staff

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// PackPage is for the printer: what to fetch from the shelves, and a slip for
// each parcel.
type PackPage struct {
	Page
	Orders  []PackOrder
	Pick    []PickLine // nil when only slips were asked for
	Slips   bool
	Pieces  int
	Left    int    // orders that were chosen and have nothing to pack
	Fulfil  string // address of the page that sends these orders
	Shop    shop.Settings
	Address []string
}

// PickLine is how many of a size to fetch, and for which orders.
type PickLine struct {
	Title, Size, SKU string
	Pieces           int
	Orders           []string
}

// PackOrder is an order as it is packed.
type PackOrder struct {
	*shop.Order
	Name  string // its number
	Lines []PackLine
	Gift  bool // no price is shown
	Paid  shop.Instant
}

// PackLine is how many of a line go into the parcel.
type PackLine struct {
	*shop.OrderLine
	Pieces int
}

// mostPacked is how many orders are packed or sent at once.
const mostPacked = 100

// chosenOrders are the orders that an address names with o, or the first so
// many that wait to be shipped.
func (s *Staff) chosenOrders(c echo.Context) ([]shop.Order, error) {
	ctx := c.Request().Context()
	var ids []shop.OrderID
	if n, err := web.ParseQuantity(c.QueryParam("oldest")); err == nil && n > 0 {
		rows, err := s.reader.OrderQueue(ctx, database.OrderPage{Queue: database.QueueToShip, Oldest: true, Limit: min(n, mostPacked)})
		if err != nil {
			return nil, err
		}
		for i := range rows {
			ids = append(ids, rows[i].ID)
		}
	}
	for _, text := range c.QueryParams()["o"] {
		id, err := web.ParseID(text)
		if err == nil && !slices.Contains(ids, shop.OrderID(id)) {
			ids = append(ids, shop.OrderID(id))
		}
	}
	if len(ids) > mostPacked {
		return nil, shop.Invalid("Choose at most %d orders at once.", mostPacked)
	}
	return s.reader.OrdersByIDs(ctx, ids)
}

// packable says whether an order may be packed now.
func packable(o *shop.Order) bool {
	return o.State == shop.OrderPaid && o.Review == "" && len(o.Waiting()) > 0
}

func (s *Staff) pack(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Pick list and packing slips")
	if err != nil {
		return err
	}
	p.Path = ordersURL
	chosen, err := s.chosenOrders(c)
	if err != nil {
		return err
	}
	show := c.QueryParam("show")
	shown := &PackPage{Page: p, Slips: show != "pick"}
	if shown.Shop, err = s.reader.Settings(c.Request().Context()); err != nil {
		return err
	}
	shown.Address = strings.Split(shown.Shop.ShopAddress, "\n")
	fulfil := url.Values{}
	for i := range chosen {
		order := &chosen[i]
		if !packable(order) {
			shown.Left++
			continue
		}
		shown.Orders = append(shown.Orders, packOrder(order))
		fulfil.Add("o", strconv.FormatInt(int64(order.ID), 10))
	}
	shown.Fulfil = ordersURL + "/fulfil?" + fulfil.Encode()
	pick := pickList(shown.Orders)
	for _, l := range pick {
		shown.Pieces += l.Pieces
	}
	if show != "slips" {
		shown.Pick = pick
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/orderpack", shown)
}

func packOrder(o *shop.Order) PackOrder {
	p := PackOrder{Order: o, Name: orderNumber(o.Number), Gift: o.GiftNote != "", Paid: o.PlacedAt}
	if o.PaidAt != nil {
		p.Paid = *o.PaidAt
	}
	for i := range o.Lines {
		if n := len(o.Lines[i].Waiting()); n > 0 {
			p.Lines = append(p.Lines, PackLine{&o.Lines[i], n})
		}
	}
	return p
}

// pickList sums the pieces of many orders by what they are, in the order of
// title and size.
func pickList(orders []PackOrder) []PickLine {
	type what struct {
		variant     shop.VariantID
		title, size string
	}
	at := map[what]*PickLine{}
	var list []*PickLine
	for _, o := range orders {
		for _, l := range o.Lines {
			key := what{l.VariantID, l.Title, l.VariantTitle}
			line := at[key]
			if line == nil {
				line = &PickLine{Title: l.Title, Size: l.VariantTitle, SKU: l.SKU}
				if line.Size == shop.DefaultTitle {
					line.Size = ""
				}
				at[key] = line
				list = append(list, line)
			}
			line.Pieces += l.Pieces
			name := o.Name
			if l.Pieces > 1 {
				name = strconv.Itoa(l.Pieces) + " for " + name
			}
			line.Orders = append(line.Orders, name)
		}
	}
	slices.SortStableFunc(list, func(a, b *PickLine) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), compareSizes(a.Size, b.Size))
	})
	lines := make([]PickLine, len(list))
	for i, l := range list {
		lines[i] = *l
	}
	return lines
}

// compareSizes puts 9.5 before 10, and what begins with no number after what
// does.
func compareSizes(a, b string) int {
	x, y := sizeOf(a), sizeOf(b)
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
}

func sizeOf(text string) float64 {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(text[:end], 64)
	if err != nil {
		return 1e9
	}
	return n
}
