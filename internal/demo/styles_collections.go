package demo

import "slices"

// Collection is a page of products, chosen by hand or by tag.
type Collection struct {
	Handle  string
	Title   string
	Summary string   // one plain sentence
	HTML    string   // description
	Handles []string // members by hand, in order; empty for a collection by tag
	Tag     string   // members are the products with this tag
}

// Holds tells whether a product belongs to the collection.
func (c Collection) Holds(handle string, tags []string) bool {
	if c.Tag != "" {
		return slices.Contains(tags, c.Tag)
	}
	return slices.Contains(c.Handles, handle)
}

// Collections returns the collections of the demo shop, in the order of its menu.
func Collections() []Collection {
	return []Collection{
		{Handle: "road", Title: "Road", Tag: "road",
			Summary: "Shoes for pavement, park loops and the towpath when it is dry.",
			HTML:    `<p>Most miles are road miles, and most of them are slow. Start with the shoe you will wear four days a week; the fast one can wait until it has something to rest from.</p>`},
		{Handle: "trail", Title: "Trail", Tag: "trail",
			Summary: "Lugs, rands and a firmer hold for everything that is not flat.",
			HTML:    `<p>A trail shoe is three decisions: how deep the lugs, how much the ground may be felt, and how tightly the heel is held going down. We say all three for every pair.</p>`},
		{Handle: "race-day", Title: "Race Day", Tag: "race",
			Summary: "Plates, pins and light foam, for the mornings that are written in the calendar.",
			HTML:    `<p>These are shoes for a number pinned to a vest. Wear them for the last two hard sessions before, so that nothing about them is news on the line.</p>`},
		{Handle: "first-pair", Title: "The First Pair", Handles: firstPairs,
			Summary: "Five shoes we would put on a friend who starts to run on Monday.",
			HTML:    `<p>Chosen by the people in the shop, not by price. Each forgives a tired stride, lasts past four hundred miles and comes in a width that is not an afterthought.</p>`},
		{Handle: "last-of-the-season", Title: "Last of the Season", Tag: "sale",
			Summary: "Colours that will not come again, for less.",
			HTML:    `<p>Nothing is wrong with them. The colour has gone out of the maker's book and we need the shelf. They come back as freely as any other pair.</p>`},
		{Handle: "socks-and-caps", Title: "Socks & Caps", Tag: "accessories",
			Summary: "Small things that a long run notices.",
			HTML:    `<p>Half of what is blamed on shoes is the sock. The other half is the sun.</p>`},
	}
}

var firstPairs = []string{
	"pellworth-millrace-harbour",
	"pellworth-lindenrow-first-frost",
	"omberg-snowmelt-glacier",
	"quillon-plumbline-slate",
	"pellworth-commons-newsprint",
}
