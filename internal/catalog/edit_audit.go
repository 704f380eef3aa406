package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// savedAs is what an audit entry says of a save: the form it came from and
// what changed, each field before and after.
type savedAs struct {
	Form   string            `json:"form"`
	Before map[string]string `json:"before"`
	After  map[string]string `json:"after"`
}

func (w *editing) audit(tx *database.Tx, action string, id shop.ProductID, after *shop.Product) {
	s := savedAs{Form: w.form, Before: map[string]string{}, After: notes(after, w.before)}
	if w.before != nil {
		s.Before = notes(w.before, w.before)
	}
	for name, value := range s.After {
		if s.Before[name] == value {
			delete(s.Before, name)
			delete(s.After, name)
		}
	}
	if n := len(w.pictures); n > 0 {
		s.After["new pictures"] = number(n)
	}
	text, _ := json.Marshal(s)
	tx.Audit(shop.AuditEntry{Who: w.who, Action: action, ThingKind: "product", ThingID: fmt.Sprint(id), Details: string(text)})
}

// isSavedBy says whether a form has been saved already, with just this
// content.
func isSavedBy(ctx context.Context, r database.Reader, id shop.ProductID, form string) (bool, error) {
	if id == 0 {
		return false, nil
	}
	lines, err := r.Audit(ctx, database.AuditSearch{ThingKind: "product", ThingID: fmt.Sprint(id), Limit: 5})
	for _, line := range lines {
		var s savedAs
		if line.Details != nil && json.Unmarshal([]byte(*line.Details), &s) == nil && s.Form == form {
			return true, err
		}
	}
	return false, err
}

// notes are everything that staff can change of a product, by name; what is
// empty is left out. Sizes are called as they were in old, so that one that
// was renamed is seen to be.
func notes(p, old *shop.Product) map[string]string {
	n := notebook{}
	for _, field := range []struct{ name, value string }{
		{"title", p.Title}, {"address", p.Handle}, {"description", p.Description}, {"vendor", p.Vendor}, {"category", p.Category},
		{"type", p.Type}, {"status", string(p.Status)}, {"title for search engines", p.SEOTitle}, {"text for search engines", p.SEOText},
		{"family", p.Family}, {"colour", p.Colour}, {"gender", p.Gender}, {"surface", p.Surface}, {"support", p.Support},
		{"cushioning", p.Cushioning}, {"released", string(p.Released)}, {"how it fits", p.FitNote},
		{"published", yesNo(p.Published)}, {"gift card", yesNo(p.GiftCard)}, {"visible from", moment(p.PublishAt)}, {"on sale from", moment(p.OnSaleAt)},
		{"most per order", count(p.OrderLimit)}, {"drop", count(p.DropMM)}, {"heel", count(p.HeelMM)}, {"forefoot", count(p.ForefootMM)}, {"weight", count(p.WeightGrams)},
	} {
		n.note(field.name, field.value)
	}
	var options, tags, images []string
	for _, o := range p.Options {
		options = append(options, o.Name)
	}
	for _, t := range p.Tags {
		tags = append(tags, t.Tag)
	}
	for _, image := range p.Images {
		if image.ID != 0 {
			images = append(images, strings.TrimSpace(fmt.Sprint(image.ID, " ", image.Alt)))
		}
	}
	n.note("options", strings.Join(options, ", "))
	n.note("tags", strings.Join(tags, ", "))
	n.note("pictures", strings.Join(images, "; "))
	var sizes []string
	for i := range p.Variants {
		n.variant(&p.Variants[i], old)
		sizes = append(sizes, p.Variants[i].Title())
	}
	n.note("sizes", strings.Join(sizes, ", "))
	return n
}

type notebook map[string]string

func (n notebook) note(name, value string) {
	if value != "" {
		n[name] = value
	}
}

func (n notebook) variant(v *shop.Variant, old *shop.Product) {
	name := v.Title()
	if old != nil {
		if was := old.Variant(v.ID); was != nil {
			name = was.Title()
		} else {
			name += " (new)"
		}
	}
	for _, cell := range []struct{ name, value string }{
		{"size", v.Title()}, {"price", v.Price.String()}, {"price before", amount(v.CompareAt)}, {"cost", amount(v.Cost)},
		{"SKU", v.SKU}, {"barcode", v.Barcode}, {"grams", number(int(v.Grams))}, {"weight unit", v.WeightUnit}, {"tax code", v.TaxCode},
		{"counted", yesNo(v.Tracked)}, {"when out of stock", string(v.Policy)}, {"taxed", yesNo(v.Taxable)}, {"shipped", yesNo(v.RequiresShipping)},
		{"picture", pictureOf(v)},
	} {
		n.note(name+": "+cell.name, cell.value)
	}
	if v.Tracked {
		n.note(name+": on hand", fmt.Sprint(v.Stock.OnHand))
	}
}

func pictureOf(v *shop.Variant) string {
	if v.ImageID == nil {
		return ""
	}
	return fmt.Sprint(*v.ImageID)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func moment(at *shop.Instant) string {
	if at == nil {
		return ""
	}
	return at.Format("2006-01-02 15:04 MST")
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return number(n)
}

func amount(c *shop.Cents) string {
	if c == nil {
		return ""
	}
	return c.String()
}

// sortedIDs are ids in the order in which rows are locked.
func sortedIDs(ids []shop.ProductID) []shop.ProductID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
