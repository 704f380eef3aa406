package staff

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// OrdersPage is a queue of orders, or what a search has found.
type OrdersPage struct {
	Page
	Tabs      []OrderTab
	Queue     database.OrderQueue
	About     string // what the queue holds
	Search    string // as typed
	Searching bool
	Narrow    bool // more words begin as typed than were looked at
	Rows      []OrderLine
	First     string // address of the first page, "" on it
	Next      string // of the next page, "" on the last
	Turn      web.MenuItem
	CanFulfil bool
	Ticks     bool // rows can be chosen
}

// OrderTab leads to a queue.
type OrderTab struct {
	Title   string
	URL     string
	Count   string // "" where it does not matter
	Current bool
}

// OrderLine is an order in a list.
type OrderLine struct {
	ID      shop.OrderID
	URL     string
	Number  string // "#1001"; "not paid" for one without
	At      shop.Instant
	Age     string
	Name    string
	Place   string
	Pieces  string // "3 pieces"
	Items   []string
	More    int // lines that are not named
	Total   shop.Cents
	Status  string
	Review  string
	HasNote bool
	Gift    bool
	Act     web.MenuItem // what to do next, empty for nothing
}

// ordersPage is how many orders a page has.
const ordersPage = 50

// queues are the tabs in the order of what is urgent.
var queues = []struct {
	queue        database.OrderQueue
	title, about string
}{
	{database.QueueToShip, "To ship", "Paid orders with pieces that wait, the one that waits longest first."},
	{database.QueueReview, "Needs review", "The shop has stopped these orders until somebody looks."},
	{database.QueueMoney, "Money without order", "Money came and no order stands for it: a payment that goes back because it came too late, one that does not fit its order, or money that could not be given back."},
	{database.QueueOnTheWay, "On the way", "All has left, not all has arrived."},
	{database.QueueDelivered, "Delivered", "All has arrived."},
	{database.QueueCancelled, "Cancelled", "Paid orders of which every piece was cancelled."},
	{database.QueueUnpaid, "Not paid", "Checkouts that wait to be paid or came to nothing."},
	{database.QueueAll, "All paid", "Every order that was paid."},
}

func (s *Staff) orderList(c echo.Context, in database.SignedIn) error {
	if search := c.QueryParam("q"); strings.TrimSpace(search) != "" {
		return s.searchOrders(c, in, search)
	}
	p, err := s.ordersBase(c, in)
	if err != nil {
		return err
	}
	asked, err := p.asked(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	found, err := s.reader.OrderQueue(ctx, asked)
	if err != nil {
		return err
	}
	if len(found) > ordersPage {
		found = found[:ordersPage]
		p.Next = ordersAddress(p.Queue, asked.Oldest, &found[ordersPage-1])
	}
	if asked.After != nil {
		p.First = ordersAddress(p.Queue, asked.Oldest, nil)
	}
	p.Turn = web.MenuItem{Title: "Newest first", URL: ordersAddress(p.Queue, false, nil)}
	if !asked.Oldest {
		p.Turn = web.MenuItem{Title: "Oldest first", URL: ordersAddress(p.Queue, true, nil)}
	}
	p.Ticks = p.Queue == database.QueueToShip && p.CanFulfil && len(found) > 0
	return s.showOrders(c, p, found)
}

// ordersBase is a page of orders without its rows.
func (s *Staff) ordersBase(c echo.Context, in database.SignedIn) (*OrdersPage, error) {
	base, err := s.page(c, &in, "Orders")
	if err != nil {
		return nil, err
	}
	p := &OrdersPage{Page: base, Queue: database.OrderQueue(c.QueryParam("tab")), CanFulfil: in.Staff.May(shop.CanFulfil)}
	if !p.Queue.Known() {
		p.Queue = database.QueueToShip
	}
	return p, s.tabs(c.Request().Context(), p)
}

// mostCounted is how far tabs count.
const mostCounted = 100

func (s *Staff) tabs(ctx context.Context, p *OrdersPage) error {
	n, err := s.reader.OrderQueueCounts(ctx, mostCounted)
	counts := map[database.OrderQueue]int64{database.QueueToShip: n.ToShip, database.QueueReview: n.Review, database.QueueMoney: n.Money}
	for _, q := range queues {
		tab := OrderTab{Title: q.title, URL: ordersAddress(q.queue, q.queue.OldestFirst(), nil), Current: q.queue == p.Queue}
		switch n, ok := counts[q.queue]; {
		case n >= mostCounted:
			tab.Count = fmt.Sprintf("%d+", mostCounted-1)
		case ok:
			tab.Count = fmt.Sprint(n)
		}
		if tab.Current {
			p.About = q.about
		}
		p.Tabs = append(p.Tabs, tab)
	}
	return err
}

// asked is the part of a queue that an address names.
func (p *OrdersPage) asked(c echo.Context) (database.OrderPage, error) {
	asked := database.OrderPage{Queue: p.Queue, Oldest: p.Queue.OldestFirst(), Limit: ordersPage + 1}
	switch c.QueryParam("first") {
	case "oldest":
		asked.Oldest = true
	case "newest":
		asked.Oldest = false
	}
	at, id, ok := strings.Cut(c.QueryParam("after"), ".")
	if !ok {
		return asked, nil
	}
	paid, err := web.ParseID(at)
	if err != nil {
		return asked, shop.NotFound("There is no such page of orders.")
	}
	order, err := web.ParseID(id)
	if err != nil {
		return asked, shop.NotFound("There is no such page of orders.")
	}
	asked.After = &database.OrderMark{PaidAt: shop.At(time.UnixMicro(paid)), ID: shop.OrderID(order)}
	return asked, nil
}

// ordersAddress leads to a queue, behind an order or to its beginning.
func ordersAddress(q database.OrderQueue, oldest bool, after *database.OrderRow) string {
	v := url.Values{"tab": {string(q)}}
	if oldest != q.OldestFirst() {
		v.Set("first", map[bool]string{true: "oldest", false: "newest"}[oldest])
	}
	if after != nil {
		m := after.Mark()
		v.Set("after", fmt.Sprintf("%d.%d", max(1, m.PaidAt.UnixMicro()), m.ID))
	}
	return ordersURL + "?" + v.Encode()
}

// searchOrders shows what was found; a single order is opened.
func (s *Staff) searchOrders(c echo.Context, in database.SignedIn, search string) error {
	asked := database.OrderSearch{Text: search, Limit: ordersPage + 1}
	if before := c.QueryParam("before"); before != "" {
		id, err := web.ParseID(before)
		if err != nil {
			return shop.NotFound("There is no such page of orders.")
		}
		asked.Before = shop.OrderID(id)
	}
	ctx := c.Request().Context()
	found, err := s.reader.SearchOrders(ctx, asked)
	if err != nil {
		return err
	}
	if len(found.Rows) == 1 && asked.Before == 0 {
		return c.Redirect(http.StatusSeeOther, orderURL(found.Rows[0].ID))
	}
	p, err := s.ordersBase(c, in)
	if err != nil {
		return err
	}
	p.Search, p.Searching, p.Narrow = search, true, found.Narrow
	for i := range p.Tabs {
		p.Tabs[i].Current = false
	}
	if rows := found.Rows; len(rows) > ordersPage {
		found.Rows = rows[:ordersPage]
		p.Next = ordersURL + "?" + url.Values{"q": {search}, "before": {fmt.Sprint(rows[ordersPage-1].ID)}}.Encode()
	}
	if asked.Before != 0 {
		p.First = ordersURL + "?" + url.Values{"q": {search}}.Encode()
	}
	return s.showOrders(c, p, found.Rows)
}

func (s *Staff) showOrders(c echo.Context, p *OrdersPage, rows []database.OrderRow) error {
	now, err := s.reader.Now(c.Request().Context())
	if err != nil {
		return err
	}
	for i := range rows {
		p.Rows = append(p.Rows, orderLine(&rows[i], now))
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/orders", p)
}

func orderURL(id shop.OrderID) string { return fmt.Sprintf("%s/%d", ordersURL, id) }
