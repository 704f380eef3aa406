package catalog

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"longrun/internal/shop"
)

// What a product may have, as Shopify has it.
const (
	maxTitle    = 255
	maxText     = 255
	maxNote     = 2_000
	maxBody     = 500_000
	maxVariants = 2_048
	maxImages   = 250
	maxTags     = 250
)

// check looks at everything that can be judged without the database.
func (w *editing) check() {
	p, f := &w.Product, w.faults
	if w.Key == "" || len(w.Key) > 100 {
		f.set("key", "The form is not whole. Open the page again.")
	}
	if p.Title == "" {
		f.set("title", "Give the product a title.")
	}
	if p.Handle == "" {
		f.set("handle", "Write an address with letters a to z or digits.")
	}
	if p.Title == "" && p.Handle == "" {
		delete(f.by, "handle") // it comes from the title
	}
	for _, text := range []struct {
		input, value string
		most         int
	}{
		{"title", p.Title, maxTitle}, {"vendor", p.Vendor, maxText}, {"category", p.Category, maxText}, {"type", p.Type, maxText},
		{"seo_title", p.SEOTitle, maxText}, {"seo_text", p.SEOText, maxNote}, {"family", p.Family, maxText}, {"colour", p.Colour, maxText},
		{"gender", p.Gender, maxText}, {"surface", p.Surface, maxText}, {"support", p.Support, maxText}, {"cushioning", p.Cushioning, maxText},
		{"fit_note", p.FitNote, maxNote},
	} {
		f.text(text.input, text.value, text.most)
	}
	f.text("description", p.Description, maxBody)
	if !slices.Contains([]shop.ProductStatus{shop.ProductActive, shop.ProductDraft, shop.ProductArchived}, p.Status) {
		f.set("status", "Choose active, draft or archived.")
	}
	w.checkFacts()
	w.checkLists()
	w.checkCells()
}

func (w *editing) checkFacts() {
	p, f := &w.Product, w.faults
	for _, n := range []struct {
		input          string
		value, at, top int
	}{
		{"order_limit", p.OrderLimit, 0, shop.MaxQuantity}, {"drop_mm", p.DropMM, -20, 40}, {"heel_mm", p.HeelMM, 0, 100},
		{"forefoot_mm", p.ForefootMM, 0, 100}, {"weight_grams", p.WeightGrams, 0, 5_000},
	} {
		if n.value < n.at || n.value > n.top {
			f.set(n.input, "This is a number from %d to %d.", n.at, n.top)
		}
	}
	if _, err := shop.ParseMonth(string(p.Released)); err != nil && p.Released != "" {
		f.set("released", "Write a month such as 2026-11.")
	}
	for input, at := range map[string]*shop.Instant{"publish_at": p.PublishAt, "on_sale_at": p.OnSaleAt} {
		if at != nil && (at.Year() < 1980 || at.Year() > 9000) {
			f.set(input, "Choose a day from 1980 to 9000.")
		}
	}
}

func (w *editing) checkLists() {
	p, f := &w.Product, w.faults
	if len(p.Options) > 3 {
		f.set("options", "A product has at most three options.")
	}
	var names []string
	for i, o := range p.Options {
		input := "options." + number(i) + ".name"
		f.text(input, o.Name, maxText)
		switch name := strings.ToLower(o.Name); {
		case name == "":
			f.set(input, "Name this option, such as Size.")
		case slices.Contains(names, name):
			f.set(input, "Two options have this name.")
		default:
			names = append(names, name)
		}
	}
	if len(p.Tags) > maxTags {
		f.set("tags", "A product has at most %d tags.", maxTags)
	}
	for _, t := range p.Tags {
		f.text("tags", t.Tag, maxText)
	}
	if len(p.Images)+len(w.Uploads) > maxImages {
		f.set("images", "A product has at most %d pictures.", maxImages)
	}
	for i, image := range p.Images {
		f.text("images."+number(i)+".alt", image.Alt, maxNote)
	}
}

// text refuses one that is too long or has characters that nobody can see.
func (f *faults) text(input, value string, most int) {
	switch {
	case !utf8.ValidString(value) || strings.ContainsFunc(value, invisible):
		f.set(input, "This has characters that cannot be shown.")
	case utf8.RuneCountInString(value) > most:
		f.set(input, "This has more than %d characters.", most)
	}
}

func invisible(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
