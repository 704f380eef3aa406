package staff

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// FulfilPage sends many orders, each whole and in one parcel.
type FulfilPage struct {
	Page
	Rows     []FulfilRow
	Left     []string // orders that were chosen and cannot be sent, with why
	Sent     []string // orders that are on their way now
	Carriers []string
	Tell     bool
	Without  bool // some have no tracking number, and that is meant
}

// FulfilRow is an order with the fields of its parcel.
type FulfilRow struct {
	ID       shop.OrderID
	Number   string
	URL      string
	Name     string
	Place    string
	Items    []string
	Carrier  string
	Tracking string
	Key      string
	Refusal  string
	Fields   map[string]string
}

// fulfilFields is how many fields the form may have: three for each order.
const fulfilFields = mostPacked*4 + 10

func (s *Staff) fulfilPage(c echo.Context, in database.SignedIn) error {
	chosen, err := s.chosenOrders(c)
	if err != nil {
		return err
	}
	shown := &FulfilPage{Tell: true}
	for i := range chosen {
		row := fulfilRow(&chosen[i])
		if why := unsendable(&chosen[i]); why != "" {
			shown.Left = append(shown.Left, row.Number+": "+why)
			continue
		}
		row.Key = rand.Text()
		shown.Rows = append(shown.Rows, row)
	}
	return s.showFulfil(c, in, shown, nil)
}

// unsendable says why an order cannot be sent, "" when it can.
func unsendable(o *shop.Order) string {
	switch {
	case o.State != shop.OrderPaid:
		return "it is not paid"
	case o.Review != "":
		return "somebody must look at it first"
	case len(o.Waiting()) == 0:
		return "nothing of it waits any more"
	}
	return ""
}

func fulfilRow(o *shop.Order) FulfilRow {
	row := FulfilRow{ID: o.ID, Number: orderNumber(o.Number), URL: orderURL(o.ID)}
	if c := o.Contact; c != nil {
		row.Place = place(c.City, c.State, c.Country)
		if row.Name = c.ShipName; row.Name == "" {
			row.Name = c.Name
		}
	}
	for i := range o.Lines {
		if n := len(o.Lines[i].Waiting()); n > 0 {
			row.Items = append(row.Items, fmt.Sprintf("%d × %s", n, o.Lines[i].FullTitle()))
		}
	}
	return row
}

func (s *Staff) showFulfil(c echo.Context, in database.SignedIn, shown *FulfilPage, refusal error) error {
	p, err := s.page(c, &in, "Fulfil orders")
	if err != nil {
		return err
	}
	p.Path = ordersURL
	shown.Page = p
	for _, carrier := range shop.Carriers() {
		shown.Carriers = append(shown.Carriers, carrier.Name)
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/orderfulfil", shown)
}

// fulfil sends all orders of the form. Those that cannot be sent stay in it,
// filled in; the others are sent whatever becomes of these.
func (s *Staff) fulfil(c echo.Context, in database.SignedIn) error {
	form, err := web.FormUpTo(c, fulfilFields)
	if err != nil {
		return err
	}
	ids, err := orderIDs(form["order"])
	if err != nil {
		return s.showFulfil(c, in, &FulfilPage{Tell: true}, err)
	}
	chosen, err := s.reader.OrdersByIDs(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		return s.showFulfil(c, in, &FulfilPage{Tell: true}, shop.Invalid("Choose orders first."))
	}
	shown := &FulfilPage{Tell: form.Get("tell") != "", Without: form.Get("without") != ""}
	var shipments []fulfilment.Shipment
	for i := range chosen {
		row := typedRow(&chosen[i], form)
		shown.Rows = append(shown.Rows, row)
		shipments = append(shipments, fulfilment.Shipment{Order: row.ID, Carrier: row.Carrier, Tracking: row.Tracking, Tell: shown.Tell, Key: row.Key})
	}
	if n := shown.missing(); n > 0 {
		return s.showFulfil(c, in, shown, shop.Invalid("%s without a tracking number; nothing was sent. Fill it in, or say below that this is meant.", count(n, "order")))
	}
	results := s.fulfilment.ShipMany(c.Request().Context(), in.Staff.Actor(), shipments)
	if shown.Rows, shown.Sent, err = unsent(shown.Rows, results); err != nil {
		return err
	}
	if len(shown.Rows) == 0 {
		return c.Redirect(http.StatusSeeOther, ordersURL+"?done=fulfilled")
	}
	return s.showFulfil(c, in, shown, shop.Invalid("%s could not be sent. What was typed is still there.", count(len(shown.Rows), "order")))
}

// missing marks the orders without a tracking number, unless that is meant. A
// scanner that ends each number with Enter would send the rest without one.
func (p *FulfilPage) missing() int {
	n := 0
	for i := range p.Rows {
		if row := &p.Rows[i]; !p.Without && strings.TrimSpace(row.Tracking) == "" {
			row.Refusal = "No tracking number yet."
			n++
		}
	}
	return n
}

func orderIDs(texts []string) ([]shop.OrderID, error) {
	var ids []shop.OrderID
	for _, text := range texts {
		id, err := web.ParseID(text)
		if err != nil {
			return nil, shop.Invalid("An order that was chosen does not exist.")
		}
		ids = append(ids, shop.OrderID(id))
	}
	if len(ids) > mostPacked {
		return nil, shop.Invalid("Choose at most %d orders at once.", mostPacked)
	}
	return ids, nil
}

// typedRow is an order with what was typed for it.
func typedRow(o *shop.Order, form url.Values) FulfilRow {
	row := fulfilRow(o)
	id := fmt.Sprint(o.ID)
	row.Carrier, row.Tracking, row.Key = form.Get("carrier-"+id), form.Get("tracking-"+id), form.Get("key-"+id)
	return row
}

// unsent are the rows that could not be sent, with why, and what the others
// are called. What the shop did not foresee comes back as an error.
func unsent(rows []FulfilRow, results []fulfilment.Result) (left []FulfilRow, sent []string, err error) {
	byOrder := map[shop.OrderID]error{}
	for _, r := range results {
		byOrder[r.Order] = r.Err
	}
	for _, row := range rows {
		why := byOrder[row.ID]
		if why == nil {
			sent = append(sent, row.Number)
			continue
		}
		var p Page
		if _, err := p.refuse(why); err != nil {
			row.Refusal = shop.MessageOf(err)
			if row.Refusal == "" {
				return nil, nil, err
			}
		} else {
			row.Refusal, row.Fields = p.Error, p.Fields
		}
		left = append(left, row)
	}
	return left, sent, nil
}
