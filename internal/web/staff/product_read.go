package staff

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"longrun/internal/shop"
)

// reading turns a form into a product. It begins with the product as it is
// stored and takes from the form the fields that it knows by name; nothing
// else that a browser sends reaches the product.
type reading struct {
	typed   typed
	shown   typed // the stored product's form: what is equal to it stays as it is
	product shop.Product
	keys    []string          // of the variants, in their order
	bad     map[string]string // sentences by field
	zone    *time.Location
}

// read reads the form of a stored product.
func (t typed) read(stored *shop.Product, zone *time.Location, maySetCounts bool) *reading {
	r := &reading{typed: t, shown: typedOf(stored, zone), product: *stored, bad: map[string]string{}, zone: zone}
	r.product.Variants, r.product.Images, r.product.Options = nil, nil, slices.Clone(stored.Options)
	r.words()
	r.dates()
	r.facts()
	r.options()
	r.images(stored.Images)
	r.variants(stored.Variants, maySetCounts)
	r.added(maySetCounts)
	r.all()
	r.foreign(stored)
	r.bare()
	return r
}

// bare takes off what no form has, so that the same form sent twice is the
// same product, whatever became of it in between.
func (r *reading) bare() {
	p := &r.product
	p.PriceLow, p.CreatedAt, p.UpdatedAt, p.Version, p.Fields = 0, shop.Instant{}, shop.Instant{}, 0, nil
	for i := range p.Variants {
		v := &p.Variants[i]
		v.CreatedAt, v.UpdatedAt, v.Fields = shop.Instant{}, shop.Instant{}, nil
		v.Stock = shop.StockLevel{Place: shop.PlaceShop, OnHand: v.Stock.OnHand}
	}
}

// several writes "one field" or "3 fields".
func several(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return strconv.Itoa(n) + " " + many
}

// changed says whether a field was sent and differs from what is stored.
func (r *reading) changed(name string) bool {
	text, sent := r.typed[name]
	return sent && text != r.shown[name]
}

func (r *reading) words() {
	p := &r.product
	for name, to := range map[string]*string{
		"title": &p.Title, "handle": &p.Handle, "description": &p.Description, "vendor": &p.Vendor, "type": &p.Type, "family": &p.Family,
		"colour": &p.Colour, "seo_title": &p.SEOTitle, "seo_text": &p.SEOText, "fit_note": &p.FitNote,
		"gender": &p.Gender, "surface": &p.Surface, "support": &p.Support, "cushioning": &p.Cushioning,
	} {
		if r.changed(name) {
			*to = strings.TrimSpace(r.typed[name])
		}
	}
	for name, known := range choices {
		if r.changed(name) && !slices.ContainsFunc(known, func(c Choice) bool { return c.Value == r.typed[name] }) {
			r.bad[name] = "Choose one of the list."
		}
	}
	if r.changed("status") {
		p.Status = shop.ProductStatus(r.typed["status"])
	}
	if r.changed("tags") {
		p.Tags = nil
		for tag := range strings.SplitSeq(r.typed["tags"], ",") {
			if tag = strings.TrimSpace(tag); tag != "" && !slices.ContainsFunc(p.Tags, func(t shop.ProductTag) bool { return t.Tag == tag }) {
				p.Tags = append(p.Tags, shop.ProductTag{ProductID: p.ID, Tag: tag})
			}
		}
	}
	if _, whole := r.typed["publish_at"]; whole { // its neighbour: a box that is not ticked is not sent
		p.Published = r.typed["published"] == yes
	}
}

func (r *reading) dates() {
	for name, to := range map[string]**shop.Instant{"publish_at": &r.product.PublishAt, "on_sale_at": &r.product.OnSaleAt} {
		if r.changed(name) {
			*to = r.moment(name)
		}
	}
	if r.changed("released") {
		r.product.Released = ""
		if text := r.typed["released"]; text != "" {
			month, err := shop.ParseMonth(text)
			if err != nil {
				r.bad["released"] = "Write a month as 2026-11."
			}
			r.product.Released = month
		}
	}
}

// moment reads a time on the shop's clocks; nil for none. A time that those
// clocks skip in spring is refused, since nobody can say when it is.
func (r *reading) moment(name string) *shop.Instant {
	text := r.typed[name]
	if text == "" {
		return nil
	}
	at, err := time.ParseInLocation(localTime, text, r.zone)
	switch {
	case err != nil || at.Year() < 2000 || at.Year() > 9000:
		r.bad[name] = "Write a day and time as 2026-11-22T09:00."
		return nil
	case at.Format(localTime) != text:
		r.bad[name] = "The clocks of " + r.zone.String() + " skip this hour that day. Choose one before or after it."
		return nil
	}
	instant := shop.At(at)
	return &instant
}

func (r *reading) facts() {
	p := &r.product
	for name, f := range map[string]struct {
		to       *int
		low, top int
	}{
		"order_limit": {&p.OrderLimit, 0, 1_000}, "drop": {&p.DropMM, -20, 30}, "heel": {&p.HeelMM, 0, 100},
		"forefoot": {&p.ForefootMM, 0, 100}, "shoe_weight": {&p.WeightGrams, 0, 5_000},
	} {
		if !r.changed(name) {
			continue
		}
		text := strings.TrimSpace(r.typed[name])
		n, ok := whole(text)
		if text == "" {
			n, ok = 0, true
		}
		if !ok || n < f.low || n > f.top {
			r.bad[name] = "Write a whole number from " + strconv.Itoa(f.low) + " to " + strconv.Itoa(f.top) + ", or nothing."
			continue
		}
		*f.to = n
	}
}

// whole reads ASCII digits, with a minus before them or not.
func whole(s string) (int, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 9 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func (r *reading) options() {
	for i := range r.product.Options {
		name := "option." + strconv.Itoa(i+1)
		if r.changed(name) {
			r.product.Options[i].Name = strings.TrimSpace(r.typed[name])
			if r.product.Options[i].Name == "" {
				r.bad[name] = "This needs a name, such as Size."
			}
		}
	}
}

// foreign refuses fields of variants and images that are not this product's.
func (r *reading) foreign(stored *shop.Product) {
	own := map[string]bool{}
	for i := range stored.Variants {
		own["v."+variantKey(stored.Variants[i].ID)] = true
	}
	for i := range stored.Images {
		own["image."+strconv.FormatInt(int64(stored.Images[i].ID), 10)] = true
	}
	for _, name := range slices.Sorted(maps.Keys(r.typed)) {
		parts := strings.SplitN(name, ".", 3)
		if len(parts) != 3 || parts[0] != "v" && parts[0] != "image" || own[parts[0]+"."+parts[1]] {
			continue
		}
		if _, _, ok := newCell(parts[1]); !ok || parts[0] != "v" {
			r.bad[name] = "The form has a field of another product."
		}
	}
}
