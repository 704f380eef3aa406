package staff

import (
	"strings"

	"longrun/internal/shop"
)

// menu are all pages that there are, with what it takes to see them.
var menu = []struct {
	title, url string
	needs      shop.Action
}{
	{"Start", start, shop.CanEnter},
	{"Orders", "/staff/orders", shop.CanSeeOrders},
	{"Products", productsAt, shop.CanSeeCatalog},
	{"Stock", "/staff/stock", shop.CanSeeCatalog},
	{"Settings", "/staff/settings", shop.CanChangeSettings},
	{"Collections", collectionsURL, shop.CanSeeCatalog},
	{"Discounts", discountsURL, shop.CanManageDiscounts},
	{"People", "/staff/people", shop.CanManageStaff},
	{"System", "/staff/system", shop.CanOperate},
	{"Audit log", "/staff/audit", shop.CanReadAudit},
	{"My account", "/staff/account", shop.CanOwnAccount},
}

// In says whether this page is the one that a menu entry leads to, or one
// below it.
func (p Page) In(url string) bool {
	return p.Path == url || url != start && strings.HasPrefix(p.Path, url+"/")
}
