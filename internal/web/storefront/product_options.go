package storefront

import (
	"fmt"

	"longrun/internal/shop"
)

// optionGroups are a product's options with every value in view of the other
// chosen ones: what cannot be had with those is out, and each value links to
// the page with it chosen.
func optionGroups(p *shop.Product, chosen *shop.Variant) []OptionGroup {
	if p.HasOnlyDefaultVariant() {
		return nil
	}
	var groups []OptionGroup
	for i, option := range p.Options {
		group := OptionGroup{Name: option.Name}
		for _, value := range p.OptionValues(option.Position) {
			group.Values = append(group.Values, optionValue(p, chosen, i, value))
		}
		groups = append(groups, group)
	}
	return groups
}

// optionValue is one value of the option at an index from 0.
func optionValue(p *shop.Product, chosen *shop.Variant, index int, value string) OptionValue {
	wanted := append([]string(nil), chosen.Options(len(p.Options))...)
	shown := OptionValue{Value: value, Checked: wanted[index] == value}
	wanted[index] = value
	v := p.VariantByOptions(wanted)
	if v == nil {
		shown.Out = true
		v = nearest(p, index, value)
	} else {
		shown.Out, shown.Note = !v.Available(), leftNote(v)
	}
	shown.URL = "/products/" + p.Handle + "?variant=" + idText(v.ID)
	return shown
}

// nearest is a variant with a value that does not go with the other chosen
// ones: the first that can be bought, else the first. There is one, since the
// values come from the variants.
func nearest(p *shop.Product, index int, value string) *shop.Variant {
	var first *shop.Variant
	for i := range p.Variants {
		v := &p.Variants[i]
		if v.Option(index+1) != value {
			continue
		}
		if v.Available() {
			return v
		}
		if first == nil {
			first = v
		}
	}
	return first
}

func leftNote(v *shop.Variant) string {
	left, limited := v.Left()
	switch {
	case !limited || left > shop.FewLeft:
		return ""
	case left == 0:
		return "sold out"
	}
	return fmt.Sprintf("%d left", left)
}
