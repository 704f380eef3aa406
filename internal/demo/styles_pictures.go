package demo

import "longrun/internal/demo/drawn"

// Picture is a drawing of a product that is made when it is asked for.
type Picture struct {
	Name string // a file name, unique in the shop, ends in .svg
	Alt  string
	Draw func() []byte // an SVG document, 1200 by 900
}

// Spec tells the drawing package what a colourway looks like.
func (s Style) Spec(c Colourway) drawn.ShoeSpec {
	return drawn.ShoeSpec{Kind: s.Kind, Pattern: s.Pattern, HeelStack: s.HeelMM, ForefootStack: s.ForefootMM, Palette: c.Palette}
}

// Pictures returns the drawings of a colourway. The first is the one for cards.
func (s Style) Pictures(c Colourway) []Picture {
	seen := map[drawn.View]string{
		drawn.Lateral: "the outer side", drawn.Top: "the pair from above", drawn.Heel: "the pair from behind",
		drawn.Medial: "the inner side", drawn.Sole: "the outsoles",
	}
	var out []Picture
	for _, view := range drawn.Views() {
		out = append(out, Picture{
			Name: s.Handle(c) + "-" + view.String() + ".svg",
			Alt:  s.Maker + " " + s.Title + " in " + c.Name + ", " + seen[view],
			Draw: func() []byte { return drawn.Shoe(s.Spec(c), view) },
		})
	}
	return out
}
