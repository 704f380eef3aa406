package demo

import "longrun/internal/demo/drawn"

// omberg makes deep, soft shoes for long winters.
func omberg() []Style {
	return []Style{snowmelt(), longlight()}
}

func snowmelt() Style {
	return Style{
		Family: "omberg-snowmelt", Title: "Snowmelt", Maker: "Omberg", Kind: drawn.Cushioned, Pattern: drawn.Contour,
		Gender: Women, Surface: "road", Support: "neutral", Cushioning: "plush",
		HeelMM: 42, ForefootMM: 35, WeightGrams: 252, Released: "2025-02", Cents: 16500,
		FitNote: "True to size with a generous toe box; the D width is for bunions and thick winter socks.",
		Summary: "A women's deep-cushioned road shoe that rolls forward by itself, for long and easy miles.",
		Tags:    []string{"long run"},
		HTML: `<p>Omberg is on a lake that freezes in December. Its runners spend four months on packed snow and come out in March with soft steps and strong
ankles, and then they meet asphalt. The Snowmelt was made for that week, and turned out to be good for the other fifty-one.</p>
<p>Forty-two millimetres sounds tall. You sit inside it more than on it: the foam comes up round the heel like the side of a bath. The rocker
is long and gentle, and the drop is seven, so neither calves nor knees are asked to do anything new.</p>
<p>It is the shoe for the day after. Keep your hand off the watch and let it roll.</p>`,
		Colourways: []Colourway{
			{Name: "Glacier", Widths: []string{WidthB, WidthD}, SoldOut: []string{"8"}, Palette: snowmeltGlacier},
			{Name: "Lingonberry", Widths: []string{WidthB}, Palette: snowmeltLingonberry},
		},
	}
}

func longlight() Style {
	return Style{
		Family: "omberg-longlight", Title: "Longlight", Maker: "Omberg", Kind: drawn.Cushioned, Pattern: drawn.Contour,
		Gender: Unisex, Surface: "road", Support: "neutral", Cushioning: "plush",
		HeelMM: 45, ForefootMM: 39, WeightGrams: 284, Released: "2025-05", Cents: 18500,
		FitNote: "Numbered in men's sizes: women take one and a half less. Roomy; with narrow feet go half a size down.",
		Summary: "Omberg's deepest shoe: 45 mm of foam for ultras, night shifts and legs that have had enough.",
		Tags:    []string{"long run", "ultra"},
		HTML: `<p>In June the light at Omberg lasts until you are tired of it. The Longlight is for runs of that kind: the ones with a sandwich in them.</p>
<p>There are two foams. The upper one is soft and takes the landing; the lower one is springier and keeps the upper one from giving up
after three hours. The collar is padded like a good chair and the laces are long enough for any knot you believe in.</p>
<p>We have sold it to ultra runners, to a midwife, and to a man who walks his dog at both ends of a double shift. They all came back for a second pair.</p>`,
		Colourways: []Colourway{
			{Name: "Dusk", Widths: []string{WidthD}, Palette: longlightDusk},
			{Name: "Birch", Widths: []string{WidthD}, SoldOut: []string{"10", "12"}, Palette: longlightBirch},
			{Name: "Ember", Widths: []string{WidthD}, SaleCents: 14800, SoldOut: []string{"8.5", "9"}, Palette: longlightEmber},
		},
	}
}
