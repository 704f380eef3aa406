package demo

import "longrun/internal/demo/drawn"

// pellworth makes everyday road shoes and changes them slowly.
func pellworth() []Style {
	return []Style{millrace(), lindenrow(), commons(), fallowfield()}
}

func millrace() Style {
	return Style{
		Family: "pellworth-millrace", Title: "Millrace", Maker: "Pellworth", Kind: drawn.Daily, Pattern: drawn.Sunrise,
		Gender: Men, Surface: "road", Support: "neutral", Cushioning: "balanced",
		HeelMM: 34, ForefootMM: 26, WeightGrams: 268, Released: "2025-02", Cents: 13500,
		FitNote: "True to size, with a rounder toe box than most; three widths share one last and one price.",
		Summary: "The everyday road shoe for men: balanced foam, three widths, and rubber where shoes wear out.",
		Tags:    []string{"daily trainer"},
		HTML: `<p>Every shop has one shoe it hands over without a speech. Ours is the Millrace. It is neither the lightest nor the softest
thing on the wall, and on a wet Tuesday, eight miles before work, you will not think about it once. That is the whole idea.</p>
<p>The foam is firm enough to feel the kerb and deep enough to forgive it. Pellworth puts hard rubber at the outer heel and under the big
toe, where four runners in five wear through first, and leaves the middle bare to save the weight of two coins.</p>
<p>The knit opens over the toes and tightens towards the arch, so the lacing only has to do its own job. It comes in a standard, a wide and a very wide width,
drawn on separate patterns: the wide one is wider at the ball, not looser at the heel.</p>`,
		Colourways: []Colourway{
			{Name: "Harbour", Widths: []string{WidthD, Wide2E, Wide4E}, SoldOut: []string{"9.5"}, Palette: millraceHarbour},
			{Name: "Brick", Widths: []string{WidthD, Wide2E}, Palette: millraceBrick},
			{Name: "Graphite", Widths: []string{WidthD}, SaleCents: 10800, SoldOut: []string{"10", "10.5", "11"}, Palette: millraceGraphite},
		},
	}
}

func lindenrow() Style {
	return Style{
		Family: "pellworth-lindenrow", Title: "Lindenrow", Maker: "Pellworth", Kind: drawn.Daily, Pattern: drawn.Sunrise,
		Gender: Women, Surface: "road", Support: "neutral", Cushioning: "balanced",
		HeelMM: 33, ForefootMM: 25, WeightGrams: 226, Released: "2025-03", Cents: 13000,
		FitNote: "True to size. The heel is cut narrow and the forefoot is not; between two sizes, take the longer.",
		Summary: "A women's daily trainer on a last of its own: narrow heel, open forefoot, honest foam.",
		Tags:    []string{"daily trainer"},
		HTML: `<p>The Lindenrow is not the men's shoe in fewer sizes. Pellworth measured nine hundred women's feet, found narrower heels and
higher insteps, and cut a last for them. You notice it on the first downhill, when your heel stays where you left it.</p>
<p>Underfoot it is a plain, well-made trainer: thirty-three millimetres at the back, a foam that answers at an easy pace and does not go flat at a
steady one. Grooves across the forefoot let it bend where you do.</p>
<p>Wear it for the bulk of the week. If your plan says "easy" four times, this is what easy looks like.</p>`,
		Colourways: []Colourway{
			{Name: "First Frost", Widths: []string{Narrow2A, WidthB, WidthD}, SoldOut: []string{"7.5"}, Palette: lindenrowFirstFrost},
			{Name: "Damson", Widths: []string{WidthB}, Palette: lindenrowDamson},
			{Name: "Mint", Widths: []string{WidthB}, SaleCents: 9900, SoldOut: []string{"8", "8.5"}, Palette: lindenrowMint},
		},
	}
}

func commons() Style {
	return Style{
		Family: "pellworth-commons", Title: "Commons", Maker: "Pellworth", Kind: drawn.Daily, Pattern: drawn.Sunrise,
		Gender: Unisex, Surface: "road", Support: "neutral", Cushioning: "firm",
		HeelMM: 27, ForefootMM: 21, WeightGrams: 238, Released: "2024-09", Cents: 7500,
		FitNote: "Numbered in men's sizes: women take one and a half less. A little short; if in doubt, half a size up.",
		Summary: "A first running shoe at a fair price: low, light, simple and built to be worn out.",
		Tags:    []string{"daily trainer", "beginners"},
		HTML: `<p>You do not need an expensive shoe to find out whether you like running. You need one that fits, bends and lasts a winter. The
Commons is Pellworth's answer, and the cheapest pair on our wall that we run in ourselves.</p>
<p>It stands lower than the fashion. Some will miss the pillow; others will find that their feet start to work again. Keep the first weeks
short, as you would with anything new.</p>
<p>The upper is one layer of mesh with the overlays welded on, so there is no seam to rub, and the sole is ground rubber from heel to toe. It is not
a shoe for marathons. It is a shoe for finding out that you might want to run one.</p>`,
		Colourways: []Colourway{
			{Name: "Newsprint", Widths: []string{WidthD}, Palette: commonsNewsprint},
			{Name: "Marigold", Widths: []string{WidthD}, SaleCents: 6000, SoldOut: []string{"8", "9", "9.5"}, Palette: commonsMarigold},
		},
	}
}

func fallowfield() Style {
	return Style{
		Family: "pellworth-fallowfield", Title: "Fallowfield", Maker: "Pellworth", Kind: drawn.Cushioned, Pattern: drawn.Sunrise,
		Gender: Men, Surface: "road", Support: "neutral", Cushioning: "soft",
		HeelMM: 40, ForefootMM: 33, WeightGrams: 289, Released: "2025-06", Cents: 15500,
		FitNote: "True to size with room for the swelling of a long run; the wide width adds six millimetres at the ball.",
		Summary: "Deep, steady cushioning for men's long runs, on a base broad enough to keep it upright.",
		Tags:    []string{"long run"},
		HTML: `<p>A field left fallow is not idle; it is getting ready. The Fallowfield is made for the miles that do the same for you: the long
one on Sunday, and the short, slow one on Monday that you would rather skip.</p>
<p>Forty millimetres of foam could wobble. Here it does not, because the sole is eight millimetres wider at the waist than the Millrace's and the foot
sits down in it, held by a rim you can feel with your thumb. The rolled forefoot tips you on when your calves have stopped volunteering.</p>`,
		Colourways: []Colourway{
			{Name: "Oat", Widths: []string{WidthD, Wide2E}, Palette: fallowfieldOat},
			{Name: "Ink", Widths: []string{WidthD}, SoldOut: []string{"12"}, Palette: fallowfieldInk},
		},
	}
}
