// Package demo holds the demo shop: its shoes, socks and cap as data, their words, and how each is drawn.
package demo

import (
	"strings"

	"longrun/internal/demo/drawn"
)

// The widths of shoes, as they are printed on the box. For women B is the standard, for men and unisex lasts D.
const (
	Narrow2A = "2A"
	WidthB   = "B"
	WidthD   = "D"
	Wide2E   = "2E"
	Wide4E   = "4E"
)

// The genders of a last. Unisex shoes are sized as men's.
const (
	Men    = "men"
	Women  = "women"
	Unisex = "unisex"
)

// Style is a shoe of an invented maker. The shop sells it as one product per colourway; Family links them.
type Style struct {
	Family      string // handle of the style, unique: maker and name
	Title       string // name of the style, without maker and colour
	Maker       string // the vendor
	Kind        drawn.Kind
	Pattern     drawn.Pattern
	Gender      string // Men, Women or Unisex
	Surface     string // road, trail or track
	Support     string // neutral or stability
	Cushioning  string // firm, balanced, soft or plush
	HeelMM      int    // stack under the heel, in millimetres
	ForefootMM  int    // stack under the forefoot
	WeightGrams int    // one shoe, men's 9 or women's 7.5
	Released    string // year and month, 2025-03
	FitNote     string // one sentence about length and width
	Cents       int64  // list price
	Summary     string // one plain sentence, for search engines and cards
	HTML        string // description, as paragraphs
	Tags        []string
	Colourways  []Colourway
}

// Colourway is one way in which a style is made.
type Colourway struct {
	Name      string // as a shopper reads it
	Widths    []string
	SaleCents int64    // price while on sale, or zero; the list price is then the compare-at price
	SoldOut   []string // sizes of which none is left in any width
	Palette   drawn.Palette
}

// Styles returns every shoe of the demo shop, in the order in which the shop shows them.
func Styles() []Style {
	return append(append(append(pellworth(), solvane()...), tarnfell()...), append(quillon(), omberg()...)...)
}

// DropMM is the difference between heel and forefoot stack in millimetres.
func (s Style) DropMM() int { return s.HeelMM - s.ForefootMM }

// Handle is the product handle of a colourway: maker, style and colour.
func (s Style) Handle(c Colourway) string { return s.Family + "-" + slug(c.Name) }

// ProductTitle is what the shop calls the product: the style and its colour. The maker stands beside it, as
// the vendor.
func (s Style) ProductTitle(c Colourway) string { return s.Title + " – " + c.Name }

// Type is the product type, for instance "Trail shoes".
func (s Style) Type() string {
	switch s.Surface {
	case "trail":
		return "Trail shoes"
	case "track":
		return "Track spikes"
	}
	return "Road shoes"
}

// TagsOf returns the tags of a colourway: its gender, surface and support, what it is for, the style's own,
// "wide" or "narrow" where it comes so, and "sale" while it is on sale.
func (s Style) TagsOf(c Colourway) []string {
	use := [...]string{"daily", "cushioned", "race", "stability", "trail running", "race"}[s.Kind]
	tags := []string{s.Gender, s.Surface, s.Support, use}
	for _, w := range c.Widths {
		switch w {
		case Wide2E, Wide4E:
			tags = append(tags, "wide")
		case Narrow2A:
			tags = append(tags, "narrow")
		}
	}
	if s.Gender == Women && len(c.Widths) > 1 && c.Widths[len(c.Widths)-1] == WidthD {
		tags = append(tags, "wide")
	}
	if c.SaleCents > 0 {
		tags = append(tags, "sale")
	}
	return unique(append(tags, s.Tags...))
}

// SEOTitle is the title of a colourway's page for search engines, at most 70 characters.
func (s Style) SEOTitle(c Colourway) string {
	return s.Maker + " " + s.Title + " in " + c.Name + " | " + s.Type()
}

// SEODescription is the description of a colourway's page for search engines, at most 160 characters.
func (s Style) SEODescription() string { return s.Summary + " Free returns." }

// slug writes a name as a part of a handle.
func slug(name string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == ' ', r == '-':
			return '-'
		}
		return -1
	}
	return strings.Map(keep, strings.ToLower(name))
}

func unique(words []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
