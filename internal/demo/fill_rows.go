package demo

import "longrun/internal/shop"

// The tax code of shoes and clothes in Stripe's list, which the simulator
// takes as it takes any other.
const taxCode = "txcd_99999999" // General, tangible goods

func shoe(s Style, c Colourway) shop.Product {
	p := shop.Product{
		Handle: s.Handle(c), Title: s.ProductTitle(c), Description: s.HTML, Vendor: s.Maker, Type: s.Type(),
		Category: "Apparel & Accessories > Shoes > Athletic Shoes",
		Status:   shop.ProductActive, Published: true,
		SEOTitle: s.SEOTitle(c), SEOText: s.SEODescription(),
		Family: s.Family, Colour: c.Name,
		ShoeFacts: shop.ShoeFacts{
			Gender: s.Gender, Surface: s.Surface, Support: s.Support, Cushioning: s.Cushioning,
			DropMM: s.DropMM(), HeelMM: s.HeelMM, ForefootMM: s.ForefootMM, WeightGrams: s.WeightGrams,
			Released: shop.Month(s.Released), FitNote: s.FitNote,
		},
		Options: []shop.ProductOption{{Name: "Size"}, {Name: "Width"}},
		Tags:    tagRows(s.TagsOf(c)),
	}
	for _, v := range s.Variants(c) {
		p.Variants = append(p.Variants, variant(v))
	}
	return p
}

func accessory(a Accessory) shop.Product {
	p := shop.Product{
		Handle: a.Handle, Title: a.Title, Description: a.HTML, Vendor: a.Maker, Type: a.Type,
		Status: shop.ProductActive, Published: true, SEOText: a.Summary,
		Options: []shop.ProductOption{{Name: "Size"}},
		Tags:    tagRows(a.Tags),
	}
	for _, v := range a.Variants() {
		p.Variants = append(p.Variants, variant(v))
	}
	return p
}

func variant(v Variant) shop.Variant {
	row := shop.Variant{
		Option1: v.Size, Option2: v.Width, SKU: v.SKU, Price: shop.Cents(v.Cents), Grams: int64(v.Grams),
		WeightUnit: "g", Tracked: true, Policy: shop.PolicyDeny, Taxable: true, TaxCode: taxCode,
		RequiresShipping: true, Stock: shop.StockLevel{Place: shop.PlaceShop, OnHand: int64(v.Stock)},
	}
	if v.CompareAtCents > 0 {
		before := shop.Cents(v.CompareAtCents)
		row.CompareAt = &before
	}
	return row
}

func tagRows(tags []string) []shop.ProductTag {
	rows := make([]shop.ProductTag, len(tags))
	for i, t := range tags {
		rows[i].Tag = t
	}
	return rows
}
