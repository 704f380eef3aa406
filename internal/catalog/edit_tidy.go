package catalog

import (
	"cmp"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// tidy brings what was sent into the form in which it is stored, without
// judging it.
func (w *editing) tidy() {
	p := clone(w.Product)
	for _, text := range []*string{&p.Title, &p.Vendor, &p.Category, &p.Type, &p.SEOTitle, &p.SEOText, &p.Family, &p.Colour, &p.FitNote} {
		*text = strings.TrimSpace(*text)
	}
	p.Handle = shop.MakeHandle(p.Handle)
	if p.Handle == "" {
		p.Handle = shop.MakeHandle(p.Title)
	}
	if p.Status == "" {
		p.Status = shop.ProductDraft
	}
	p.Description = Sanitise(p.Description)
	p.Tags = tidyTags(p.Tags)
	for i := range p.Options {
		p.Options[i] = shop.ProductOption{Position: i + 1, Name: strings.TrimSpace(p.Options[i].Name)}
	}
	for i := range p.Variants {
		v := &p.Variants[i]
		for _, text := range []*string{&v.Option1, &v.Option2, &v.Option3, &v.SKU, &v.Barcode, &v.TaxCode} {
			*text = strings.TrimSpace(*text)
		}
		if len(p.Options) == 0 && len(p.Variants) == 1 {
			v.Option1, v.Option2, v.Option3 = shop.DefaultTitle, "", ""
		}
		tidyVariant(v, i+1)
	}
	for i := range p.Images {
		p.Images[i].Position, p.Images[i].Alt = i+1, strings.TrimSpace(p.Images[i].Alt)
	}
	w.Product = p
}

// tidyTags are the tags in order, each once.
func tidyTags(tags []shop.ProductTag) []shop.ProductTag {
	var list []shop.ProductTag
	for _, t := range tags {
		if tag := strings.TrimSpace(t.Tag); tag != "" {
			list = append(list, shop.ProductTag{Tag: tag})
		}
	}
	slices.SortFunc(list, func(a, b shop.ProductTag) int { return cmp.Compare(a.Tag, b.Tag) })
	return slices.Compact(list)
}

// after is the product as it shall be, with what staff do not send taken from
// what is there.
func (w *editing) after() shop.Product {
	p := clone(w.Product)
	p.ID, p.Fields = w.ID, nil
	p.PriceLow, p.CreatedAt, p.UpdatedAt, p.Version = 0, shop.Instant{}, shop.Instant{}, 0
	old := shop.Product{}
	if w.before != nil {
		old = *w.before
		p.Fields, p.CreatedAt, p.UpdatedAt, p.Version = old.Fields, old.CreatedAt, old.UpdatedAt, old.Version
	}
	for i := range p.Options {
		p.Options[i].ProductID = p.ID
	}
	for i := range p.Tags {
		p.Tags[i].ProductID = p.ID
	}
	w.keepImages(&p, old)
	for i := range p.Variants {
		keepVariant(&p.Variants[i], &old, w.Seen)
		p.Variants[i].ProductID = p.ID
	}
	return p
}

// keepImages takes of the images sent only their order and their texts, and
// puts the new pictures behind them.
func (w *editing) keepImages(p *shop.Product, old shop.Product) {
	sent := p.Images
	p.Images = nil
	for _, image := range sent {
		at := slices.IndexFunc(old.Images, func(o shop.ProductImage) bool { return o.ID == image.ID })
		if at < 0 {
			continue // checkAgainst refuses it
		}
		kept := old.Images[at]
		kept.Alt = image.Alt
		p.Images = append(p.Images, kept)
	}
	for i, picture := range w.pictures {
		p.Images = append(p.Images, shop.ProductImage{ProductID: p.ID, Alt: strings.TrimSpace(w.Uploads[i].Alt), Picture: &picture})
	}
	for i := range p.Images {
		p.Images[i].Position = i + 1
	}
}

// keepVariant takes what staff do not send from the variant that is there, and
// turns the count wanted into the count there shall be: a sale since the form
// was shown is not undone.
func keepVariant(v *shop.Variant, old *shop.Product, seen map[shop.VariantID]int64) {
	was := old.Variant(v.ID)
	if v.ID == 0 || was == nil {
		v.Stock, v.Fields, v.ImageSource = shop.StockLevel{Place: shop.PlaceShop, OnHand: v.Stock.OnHand}, nil, ""
		return
	}
	wanted := v.Stock.OnHand
	v.Stock, v.Fields, v.ImageSource = was.Stock, was.Fields, was.ImageSource
	v.CreatedAt, v.UpdatedAt = was.CreatedAt, was.UpdatedAt
	if saw, shown := seen[v.ID]; was.Stock.VariantID == 0 {
		v.Stock.OnHand = wanted
	} else if shown && v.Tracked {
		v.Stock.OnHand += wanted - saw
	}
}
