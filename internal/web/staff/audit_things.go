package staff

import (
	"net/url"

	"longrun/internal/shop"
)

// thingPages are the pages of the things that the audit log names. A thing
// that is gone has a page that says so.
var thingPages = map[string]struct {
	path string
	may  shop.Action
}{
	"staff":      {"/staff/people/", shop.CanManageStaff},
	"order":      {"/staff/orders/", shop.CanSeeOrders},
	"product":    {"/staff/products/", shop.CanSeeCatalog},
	"collection": {"/staff/collections/", shop.CanSeeCatalog},
	"discount":   {"/staff/discounts/", shop.CanManageDiscounts},
	"settings":   {"/staff/settings/versions/", shop.CanChangeSettings},
	"event":      {"/staff/system/events/", shop.CanOperate},
	"mail":       {"/staff/system/mails/", shop.CanOperate},
	"verify":     {"/staff/system/verify/", shop.CanOperate},
}

// linkThings leads from entries to what they are about, where the reader may
// go there.
func linkThings(lines []AuditLine, reader shop.Staff) {
	for i := range lines {
		l := &lines[i]
		if page, ok := thingPages[l.kind]; ok && l.id != "" && reader.May(page.may) {
			l.ThingURL = page.path + url.PathEscape(l.id)
		}
	}
}
