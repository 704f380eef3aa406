package storefront

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"longrun/internal/cart"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// pairs are the fields name[key] of a form, by key.
func pairs(form url.Values, name string) map[string]string {
	found := map[string]string{}
	for field, values := range form {
		rest, ok := strings.CutPrefix(field, name+"[")
		key, closed := strings.CutSuffix(rest, "]")
		if ok && closed && key != "" && len(values) > 0 {
			found[key] = values[len(values)-1]
		}
	}
	return found
}

// optional is a field of a form, nil when the form does not have it.
func optional(form url.Values, name string) *string {
	if !form.Has(name) {
		return nil
	}
	return new(form.Get(name))
}

var itemField = regexp.MustCompile(`^items\[(\d{1,3})\]\[(id|quantity|properties)\](?:\[(.+)\])?$`)

// formItems are the items[0][id] of a form in the order of their numbers.
func formItems(form url.Values) []wantedItem {
	byNumber := map[int]*wantedItem{}
	for field := range form {
		m := itemField.FindStringSubmatch(field)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if byNumber[n] == nil {
			byNumber[n] = &wantedItem{Properties: map[string]text{}}
		}
		switch value := form.Get(field); m[2] {
		case "id":
			byNumber[n].ID = number{value, true}
		case "quantity":
			byNumber[n].Quantity = number{value, true}
		case "properties":
			byNumber[n].Properties[m[3]] = text(value)
		}
	}
	var items []wantedItem
	for _, n := range sortedKeys(byNumber) {
		items = append(items, *byNumber[n])
	}
	return items
}

func sortedKeys[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// formUpdate reads what the bag page and themes' cart forms send.
func formUpdate(form url.Values) (cart.Update, error) {
	u := cart.Update{
		Note: optional(form, "note"), GiftNote: optional(form, "gift_note"), ShipTo: optional(form, "ship_to"),
		Discount: optional(form, "discount"),
		Seen:     shop.SeenMark(form.Get("seen")),
	}
	for _, typed := range form["updates[]"] {
		n, err := web.ParseQuantity(typed)
		if err != nil {
			return u, err
		}
		u.Quantities = append(u.Quantities, n)
	}
	for key, typed := range pairs(form, "updates") {
		n, err := web.ParseQuantity(typed)
		if err != nil {
			return u, err
		}
		if u.ByKey == nil {
			u.ByKey = map[string]int{}
		}
		u.ByKey[key] = n
	}
	if attributes := pairs(form, "attributes"); len(attributes) > 0 {
		u.Attributes = attributes
	}
	return u, nil
}

var sameSitePath = regexp.MustCompile(`^/([A-Za-z0-9].*)?$`)

// safePath is where a form may send a shopper afterwards: a path of this shop,
// otherwise what stands in for it. Browsers read "/\" and "//" as another
// host's name.
func safePath(path, otherwise string) string {
	if !sameSitePath.MatchString(path) || strings.Contains(path, "//") || strings.ContainsFunc(path, func(r rune) bool {
		return r == '\\' || r < ' ' || r == 0x7f
	}) {
		return otherwise
	}
	return path
}
