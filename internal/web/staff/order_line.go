package staff

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// mostItems is how many lines of an order a list names.
const mostItems = 3

// orderLine is an order as a list shows it.
func orderLine(r *database.OrderRow, now shop.Instant) OrderLine {
	order := shop.Order{State: r.State, Fulfilment: r.Fulfilment, Total: r.Total, Tax: r.Tax}
	l := OrderLine{
		ID: r.ID, URL: orderURL(r.ID), Number: orderNumber(r.Number), At: r.PlacedAt,
		Name: cmp.Or(r.ShipName, r.Name, r.Email), Place: place(r.City, r.Region, r.Country),
		Total: order.GrandTotal(), Status: order.Status(), Review: r.Review,
		HasNote: r.Note != "", Gift: r.GiftNote != "",
	}
	if r.PaidAt != nil {
		l.At = *r.PaidAt
	}
	l.Age = age(l.At, now)
	pieces, waiting := 0, 0
	for i, item := range r.Items {
		pieces += item.Quantity
		waiting += item.Waiting
		if i < mostItems {
			l.Items = append(l.Items, itemText(item))
		}
	}
	l.Pieces, l.More = count(pieces, "piece"), max(0, len(r.Items)-mostItems)
	l.Act = nextAct(r, waiting)
	return l
}

// nextAct is what somebody should do about an order.
func nextAct(r *database.OrderRow, waiting int) web.MenuItem {
	at := orderURL(r.ID)
	switch {
	case r.Review != "":
		return web.MenuItem{Title: "Look at it", URL: at + "#review"}
	case r.State != shop.OrderPaid:
		return web.MenuItem{}
	case waiting > 0:
		return web.MenuItem{Title: "Ship " + count(waiting, "piece"), URL: at + "#ship"}
	case r.Fulfilment == shop.Fulfilled:
		return web.MenuItem{Title: "Mark delivered", URL: at + "#parcels"}
	}
	return web.MenuItem{}
}

func itemText(i database.OrderItem) string {
	line := shop.OrderLine{Title: i.Title, VariantTitle: i.VariantTitle}
	if i.Quantity == 1 {
		return line.FullTitle()
	}
	return fmt.Sprintf("%d × %s", i.Quantity, line.FullTitle())
}

func orderNumber(n *int64) string {
	if n == nil {
		return "no number"
	}
	return fmt.Sprintf("#%d", *n)
}

// place is a town as staff read it; abroad the country is named.
func place(city, region, country string) string {
	if country == "US" {
		country = ""
	}
	var parts []string
	for _, part := range []string{city, region, country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// age says how long ago something was.
func age(at, now shop.Instant) string {
	passed := now.Sub(at.Time)
	switch {
	case passed < time.Minute:
		return "just now"
	case passed < time.Hour:
		return count(int(passed.Minutes()), "minute")
	case passed < 24*time.Hour:
		return count(int(passed.Hours()), "hour")
	}
	return count(int(passed.Hours()/24), "day")
}
