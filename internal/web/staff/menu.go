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
	{"Collections", collectionsURL, shop.CanSeeCatalog},
	{"People", "/staff/people", shop.CanManageStaff},
	{"Audit log", "/staff/audit", shop.CanReadAudit},
	{"My account", "/staff/account", shop.CanOwnAccount},
}

// In says whether this page is the one that a menu entry leads to, or one
// below it.
func (p Page) In(url string) bool {
	return p.Path == url || url != start && strings.HasPrefix(p.Path, url+"/")
}
