package demo

import "longrun/internal/demo/drawn"

// tarnfell makes trail shoes in a valley where it rains.
func tarnfell() []Style {
	return []Style{cairnway(), heatherback(), beckside()}
}

func cairnway() Style {
	return Style{
		Family: "tarnfell-cairnway", Title: "Cairnway", Maker: "Tarnfell", Kind: drawn.Trail, Pattern: drawn.Ridge,
		Gender: Men, Surface: "trail", Support: "neutral", Cushioning: "balanced",
		HeelMM: 31, ForefootMM: 25, WeightGrams: 305, Released: "2025-03", Cents: 14800,
		FitNote: "True to size, firm at the heel and roomy in front; the wide width suits hikers' feet too.",
		Summary: "A men's trail shoe for long days on mixed ground, with 4.5 mm lugs and a rand all the way round.",
		Tags:    []string{"mountain"},
		HTML: `<p>Cairns are piles of stones that say: others got through here. The Cairnway says much the same. It is the trail shoe for people who
do not yet know what the trail will be: a gravel road, then roots, then a mile of something the map calls a path.</p>
<p>The lugs are four and a half millimetres deep and turned around at the heel, so they bite on the way up and brake on the way down. A rubber
rand runs from toe to arch; you will kick a rock, and you will swear less.</p>
<p>A flexible rock plate lies under the ball of the foot. On the road between two woods it runs better than it looks.</p>`,
		Colourways: []Colourway{
			{Name: "Pine", Widths: []string{WidthD, Wide2E}, Palette: cairnwayPine},
			{Name: "Slate Blue", Widths: []string{WidthD}, SoldOut: []string{"9", "11.5"}, Palette: cairnwaySlateBlue},
			{Name: "Rust", Widths: []string{WidthD}, SaleCents: 11800, SoldOut: []string{"8", "10"}, Palette: cairnwayRust},
		},
	}
}

func heatherback() Style {
	return Style{
		Family: "tarnfell-heatherback", Title: "Heatherback", Maker: "Tarnfell", Kind: drawn.Trail, Pattern: drawn.Ridge,
		Gender: Women, Surface: "trail", Support: "neutral", Cushioning: "balanced",
		HeelMM: 30, ForefootMM: 25, WeightGrams: 258, Released: "2025-04", Cents: 14500,
		FitNote: "True to size on a women's last; the gusseted tongue makes a high instep feel snug at first.",
		Summary: "A women's trail shoe that drains in ten steps and holds its heel on the way down.",
		Tags:    []string{"mountain"},
		HTML: `<p>Moorland is wet from October to May and again in August. Tarnfell gave up keeping water out and built a shoe that lets it go: the mesh
has no lining to soak, and two drains sit at the lowest point of the arch. Ten steps after the stream you are merely damp.</p>
<p>The tongue is sewn to the sides so that heather, grit and small stones stay outside. The heel is held by a cup that reaches round to the
arch, which is what you want when the path drops and your toes would like to keep their nails.</p>`,
		Colourways: []Colourway{
			{Name: "Heather", Widths: []string{WidthB, WidthD}, Palette: heatherbackHeather},
			{Name: "Lichen", Widths: []string{WidthB}, SoldOut: []string{"7", "7.5"}, Palette: heatherbackLichen},
		},
	}
}

func beckside() Style {
	return Style{
		Family: "tarnfell-beckside", Title: "Beckside", Maker: "Tarnfell", Kind: drawn.Trail, Pattern: drawn.Ridge,
		Gender: Unisex, Surface: "trail", Support: "neutral", Cushioning: "firm",
		HeelMM: 20, ForefootMM: 16, WeightGrams: 221, Released: "2024-10", Cents: 15200,
		FitNote: "Numbered in men's sizes and cut close for steep ground; take your street size, not half a size more.",
		Summary: "A low, sharp fell shoe with 7 mm lugs, for mud, grass and racing straight down.",
		Tags:    []string{"fell", "mud"},
		HTML: `<p>There are hills where cushioning is a hazard. On a wet slope as steep as a roof you want to know exactly where the ground is, and you
want seven millimetres of rubber in it. That is the Beckside.</p>
<p>It is low, thin and honest. The rubber is soft enough to hold on wet stone, and for that reason it does not care for roads; walk to the start. Those
who race on grass and mud will wonder what they did before.</p>
<p>The upper is woven, not knitted, because gorse reads knitting as an invitation. Rinse it under a tap, stuff it with newspaper, and leave it
away from the stove.</p>`,
		Colourways: []Colourway{
			{Name: "High Vis", Widths: []string{WidthD}, Palette: becksideHighVis},
			{Name: "Deep Water", Widths: []string{WidthD}, SaleCents: 11900, SoldOut: []string{"9.5", "10"}, Palette: becksideDeepWater},
		},
	}
}
