package demo

import "longrun/internal/demo/drawn"

// quillon makes shoes that steady the foot without stiffening it.
func quillon() []Style {
	return []Style{plumbline(), keelson(), waymark()}
}

func plumbline() Style {
	return Style{
		Family: "quillon-plumbline", Title: "Plumbline", Maker: "Quillon", Kind: drawn.Stability, Pattern: drawn.Feather,
		Gender: Men, Surface: "road", Support: "stability", Cushioning: "balanced",
		HeelMM: 36, ForefootMM: 28, WeightGrams: 298, Released: "2025-01", Cents: 15000,
		FitNote: "True to size; takes an orthotic when the insole is lifted out, and comes in three widths.",
		Summary: "Quiet support for men whose ankles roll in late in a run: firm rails, soft middle, three widths.",
		Tags:    []string{"orthotics"},
		HTML: `<p>Support used to mean a wedge of hard foam under the arch. It worked by being in the way. Quillon does it with two rails, one along each side of
the heel: run straight and you never touch them; tire, and they nudge you back.</p>
<p>Between the rails the foam is as soft as in any daily shoe. The sole is broad, the heel is square, and the counter is stiff enough that you
can step in without a shoehorn and without crushing it.</p>
<p>If a shop once told you that you overpronate and left it at that, try a pair on a treadmill for ten minutes. If your knees have nothing to say, you have your answer.</p>`,
		Colourways: []Colourway{
			{Name: "Slate", Widths: []string{WidthD, Wide2E, Wide4E}, Palette: plumblineSlate},
			{Name: "Bordeaux", Widths: []string{WidthD, Wide2E}, SoldOut: []string{"10.5"}, Palette: plumblineBordeaux},
		},
	}
}

func keelson() Style {
	return Style{
		Family: "quillon-keelson", Title: "Keelson", Maker: "Quillon", Kind: drawn.Stability, Pattern: drawn.Feather,
		Gender: Women, Surface: "road", Support: "stability", Cushioning: "soft",
		HeelMM: 35, ForefootMM: 27, WeightGrams: 249, Released: "2025-05", Cents: 14500,
		FitNote: "True to size; 2A is narrow at heel and ball alike, D adds room at the ball only.",
		Summary: "A steady, soft road shoe for women in three widths, with rails in place of a post.",
		Tags:    []string{"orthotics"},
		HTML: `<p>A keelson is the beam inside a ship that keeps the keel true. You would not know it was there unless somebody left it out. The shoe works the same way: a
longer rail on the inner side, from heel to the start of the toes, under foam soft enough to hide it.</p>
<p>It suits those who come back after a pregnancy or an injury and find that their feet have changed by half a size and a width. We keep all three
widths in every size, because a support shoe that does not fit supports nothing.</p>
<p>The upper is a soft knit with no stitching over the bunion joint, and the tongue lies flat under the laces however late you tie them.</p>`,
		Colourways: []Colourway{
			{Name: "Sail", Widths: []string{Narrow2A, WidthB, WidthD}, Palette: keelsonSail},
			{Name: "Kelp", Widths: []string{WidthB, WidthD}, SoldOut: []string{"8.5", "9"}, Palette: keelsonKelp},
		},
	}
}

func waymark() Style {
	return Style{
		Family: "quillon-waymark", Title: "Waymark", Maker: "Quillon", Kind: drawn.Stability, Pattern: drawn.Feather,
		Gender: Men, Surface: "road", Support: "stability", Cushioning: "firm",
		HeelMM: 30, ForefootMM: 24, WeightGrams: 262, Released: "2024-08", Cents: 13800,
		FitNote: "Half a size short: most take half a size up. The wide width fits like many makers' standard.",
		Summary: "A lighter, firmer support shoe for men who run steady and sometimes quick.",
		HTML: `<p>Support shoes are seldom quick. The Waymark is the exception we keep for the runner who wants a little guidance and no ceremony: six
millimetres of drop, a firm ride, and a weight that does not embarrass it at the club's Thursday session.</p>
<p>The yellow is on its way out of Quillon's book. The shoe is not, so buy it for the price and wear it for the colour.</p>
<p>The rail runs only under the rear of the foot, so the front bends as freely as in a neutral shoe. Coming from something taller, give your calves
two weeks: the first run on firm foam is a conversation, and they will want the last word.</p>`,
		Colourways: []Colourway{
			{Name: "Signal", Widths: []string{WidthD, Wide2E}, SaleCents: 9600, SoldOut: []string{"9", "9.5", "14"}, Palette: waymarkSignal},
		},
	}
}
