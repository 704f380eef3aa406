package shop

import "strings"

// Visible says whether shoppers may see the product at an instant.
func (p *Product) Visible(now Instant) bool {
	return p.Status == ProductActive && p.Published &&
		(p.PublishAt == nil || !now.Before(*p.PublishAt))
}

// OnSale says whether it may be put into a bag at an instant.
func (p *Product) OnSale(now Instant) bool {
	return p.Visible(now) && (p.OnSaleAt == nil || !now.Before(*p.OnSaleAt))
}

// HasOnlyDefaultVariant says that there is nothing to choose.
func (p *Product) HasOnlyDefaultVariant() bool {
	return len(p.Variants) == 1 && p.Variants[0].Option1 == DefaultTitle
}

// Available says whether any variant can be bought.
func (p *Product) Available() bool {
	for i := range p.Variants {
		if p.Variants[i].Available() {
			return true
		}
	}
	return false
}

// FirstAvailable is the variant a page preselects: the first that can be
// bought, else the first; nil without variants.
func (p *Product) FirstAvailable() *Variant {
	for i := range p.Variants {
		if p.Variants[i].Available() {
			return &p.Variants[i]
		}
	}
	if len(p.Variants) == 0 {
		return nil
	}
	return &p.Variants[0]
}

// Variant is the variant with an id, nil when it has none.
func (p *Product) Variant(id VariantID) *Variant {
	for i := range p.Variants {
		if p.Variants[i].ID == id {
			return &p.Variants[i]
		}
	}
	return nil
}

// VariantByOptions is the variant with exactly these option values, nil when
// there is none.
func (p *Product) VariantByOptions(values []string) *Variant {
	for i := range p.Variants {
		v := &p.Variants[i]
		if equal(v.Options(len(p.Options)), values) {
			return v
		}
	}
	return nil
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// OptionValues are the values of the option at a position from 1, in the
// order of the variants.
func (p *Product) OptionValues(position int) []string {
	var values []string
	seen := map[string]bool{}
	for i := range p.Variants {
		v := p.Variants[i].Option(position)
		if v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// PriceRange is the lowest and the highest price of its variants.
func (p *Product) PriceRange() (low, high Cents) {
	for i := range p.Variants {
		price := p.Variants[i].Price
		if i == 0 || price < low {
			low = price
		}
		if price > high {
			high = price
		}
	}
	return low, high
}

// Option is the value of the option at a position from 1.
func (v *Variant) Option(position int) string {
	switch position {
	case 1:
		return v.Option1
	case 2:
		return v.Option2
	case 3:
		return v.Option3
	}
	return ""
}

// Options are its first n option values, at least one.
func (v *Variant) Options(n int) []string {
	if n < 1 {
		n = 1
	}
	return []string{v.Option1, v.Option2, v.Option3}[:min(n, 3)]
}

// Title is its option values as Shopify joins them: "9 / D".
func (v *Variant) Title() string {
	var parts []string
	for i := 1; i <= 3; i++ {
		if o := v.Option(i); o != "" {
			parts = append(parts, o)
		}
	}
	return strings.Join(parts, " / ")
}

// PublicTitle is Title, but "" where there is nothing to choose.
func (v *Variant) PublicTitle() string {
	if t := v.Title(); t != DefaultTitle {
		return t
	}
	return ""
}

// Available says whether one more can be sold.
func (v *Variant) Available() bool { return v.CanSell(1) }

// CanSell says whether n more can be sold, as far as this copy of the stock
// knows; only the conditional update decides.
func (v *Variant) CanSell(n int) bool {
	return !v.Tracked || v.Policy == PolicyContinue || v.Stock.Free() >= int64(n)
}

// Left is how many can be sold, and whether there is any such limit.
func (v *Variant) Left() (n int64, limited bool) {
	if !v.Tracked || v.Policy == PolicyContinue {
		return 0, false
	}
	return max(v.Stock.Free(), 0), true
}
