package staff

import (
	"strings"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// entry is one of the menu, with what it takes to see it.
type entry struct {
	title, url string
	needs      shop.Action
}

// menu is the work of every day, house what is needed now and then.
var menu = []entry{
	{"Start", start, shop.CanEnter},
	{"Orders", "/staff/orders", shop.CanSeeOrders},
	{"Disputes", disputesURL, shop.CanSeeOrders},
	{"Returns", returnsURL, shop.CanTakeBack},
	{"Messages", messagesURL, shop.CanSeeOrders},
	{"Products", productsAt, shop.CanSeeCatalog},
	{"Stock", "/staff/stock", shop.CanSeeCatalog},
	{"Collections", collectionsURL, shop.CanSeeCatalog},
	{"Discounts", discountsURL, shop.CanManageDiscounts},
}

var house = []entry{
	{"Settings", "/staff/settings", shop.CanChangeSettings},
	{"Personal data", privacyURL, shop.CanHandleData},
	{"People", "/staff/people", shop.CanManageStaff},
	{"System", "/staff/system", shop.CanOperate},
	{"Audit log", "/staff/audit", shop.CanReadAudit},
	{"My account", "/staff/account", shop.CanOwnAccount},
}

// shownTo are the entries that somebody may follow.
func shownTo(who shop.Staff, entries []entry) []web.MenuItem {
	var items []web.MenuItem
	for _, m := range entries {
		if who.May(m.needs) {
			items = append(items, web.MenuItem{Title: m.title, URL: m.url})
		}
	}
	return items
}

// In says whether this page is the one that a menu entry leads to, or one
// below it.
func (p Page) In(url string) bool {
	return p.Path == url || url != start && strings.HasPrefix(p.Path, url+"/")
}
