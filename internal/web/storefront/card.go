package storefront

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// eager is how many cards of a page load their pictures at once.
const eager = 4

// cards are products as lists show them, with what the page shows by that.
func (s *Storefront) cards(ctx context.Context, products []shop.Product) ([]Card, error) {
	var families []string
	for i := range products {
		if f := products[i].Family; f != "" {
			families = append(families, f)
		}
	}
	counts, err := s.reader.ColourCounts(ctx, families)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, len(products))
	for i := range products {
		cards[i] = s.card(&products[i], counts[products[i].Family])
		cards[i].Lazy = i >= eager
	}
	return cards, nil
}

func (s *Storefront) card(p *shop.Product, colours int) Card {
	low, high := p.PriceRange()
	card := Card{
		Title: bareTitle(p), URL: "/products/" + p.Handle, Vendor: p.Vendor, Colour: p.Colour, Colours: colours,
		Price: low, Varies: low != high, SoldOut: !p.Available(), Few: few(p),
		Facts: shortFacts(p.ShoeFacts), Image: s.firstPicture(p, sizesCard),
	}
	for i := range p.Variants {
		if v := &p.Variants[i]; v.Price == low {
			card.CompareAt = reduced(v)
			break
		}
	}
	return card
}

// reduced is what a variant cost before, nil unless that was more.
func reduced(v *shop.Variant) *shop.Cents {
	if v.CompareAt == nil || *v.CompareAt <= v.Price {
		return nil
	}
	return v.CompareAt
}

// few says whether only up to three of many sizes can still be had.
func few(p *shop.Product) bool {
	left := 0
	for i := range p.Variants {
		if p.Variants[i].Available() {
			left++
		}
	}
	return len(p.Variants) >= 6 && left > 0 && left <= 3
}

// bareTitle is a product's title without the colour at its end.
func bareTitle(p *shop.Product) string {
	if p.Colour == "" {
		return p.Title
	}
	for _, dash := range []string{" – ", " - ", " — "} {
		if title, found := strings.CutSuffix(p.Title, dash+p.Colour); found {
			return title
		}
	}
	return p.Title
}

func shortFacts(f shop.ShoeFacts) string {
	var parts []string
	for _, word := range []string{f.Surface, f.Support} {
		if word != "" {
			parts = append(parts, word)
		}
	}
	if f.DropMM > 0 {
		parts = append(parts, fmt.Sprintf("%d mm drop", f.DropMM))
	}
	return capital(strings.Join(parts, " · "))
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func idsOf(lists ...[]shop.Product) []shop.ProductID {
	var ids []shop.ProductID
	for _, list := range lists {
		for i := range list {
			ids = append(ids, list[i].ID)
		}
	}
	return ids
}
