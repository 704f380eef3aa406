package demo

import "longrun/internal/demo/drawn"

// solvane makes fast shoes, on the road and on the track.
func solvane() []Style {
	return []Style{overture(), quarterhour(), backstraight(), lastBell()}
}

func overture() Style {
	return Style{
		Family: "solvane-overture", Title: "Overture", Maker: "Solvane", Kind: drawn.Racer, Pattern: drawn.Rays,
		Gender: Unisex, Surface: "road", Support: "neutral", Cushioning: "plush",
		HeelMM: 39, ForefootMM: 31, WeightGrams: 198, Released: "2025-04", Cents: 26000,
		FitNote: "Numbered in men's sizes, close over the instep; most keep their usual size, and long toes go half up.",
		Summary: "A plated marathon racer with 39 mm of light foam, for the mornings that count.",
		Tags:    []string{"marathon", "plated"},
		HTML: `<p>The Overture is loud, stiff, expensive and quick. It carries a full-length carbon plate between two layers of a foam so light that the
whole shoe, thirty-nine millimetres tall and just inside the rules of racing, weighs 198 grams.</p>
<p>It wants to be run fast. At an easy jog it feels like standing on a see-saw; at marathon pace the see-saw tips your way, a little
each step, and at mile twenty that little is the difference between holding form and hoping.</p>
<p>Expect two hundred good miles. Spend a few of them before the race, in the last two hard sessions, and keep the rest for the day.</p>`,
		Colourways: []Colourway{
			{Name: "Flare", Widths: []string{WidthD}, SoldOut: []string{"9", "10"}, Palette: overtureFlare},
			{Name: "Ice", Widths: []string{WidthD}, Palette: overtureIce},
		},
	}
}

func quarterhour() Style {
	return Style{
		Family: "solvane-quarterhour", Title: "Quarterhour", Maker: "Solvane", Kind: drawn.Racer, Pattern: drawn.Rays,
		Gender: Women, Surface: "road", Support: "neutral", Cushioning: "balanced",
		HeelMM: 34, ForefootMM: 27, WeightGrams: 191, Released: "2025-01", Cents: 17500,
		FitNote: "True to size and snug through the arch; the toe box opens after two runs.",
		Summary: "A women's tempo shoe with a flexible plate, for intervals, parkland 5Ks and Thursday nights.",
		Tags:    []string{"tempo"},
		HTML: `<p>Fifteen minutes at the pace you could hold for an hour: the most useful quarter of an hour in running. Solvane built a shoe
around it, with a plate of glass fibre in place of carbon, so that it bends when you slow down and snaps back when you do not.</p>
<p>The outsole is one thin sheet with holes in it, which grips a wet road better than anything this light has a right to. It will do a 5K, a
half marathon, and eight times three minutes with equal good humour.</p>
<p>One warning, kindly meant: it makes every run a little faster than planned. Keep it off the easy days and it will last the year.</p>`,
		Colourways: []Colourway{
			{Name: "Plum", Widths: []string{WidthB}, Palette: quarterhourPlum},
			{Name: "Citrus", Widths: []string{WidthB}, SaleCents: 13900, SoldOut: []string{"6.5", "7", "9"}, Palette: quarterhourCitrus},
		},
	}
}

func backstraight() Style {
	return Style{
		Family: "solvane-backstraight", Title: "Backstraight", Maker: "Solvane", Kind: drawn.Spike, Pattern: drawn.Saddle,
		Gender: Unisex, Surface: "track", Support: "neutral", Cushioning: "firm",
		HeelMM: 14, ForefootMM: 11, WeightGrams: 142, Released: "2025-03", Cents: 14000,
		FitNote: "Numbered in men's sizes and meant to be worn tight, with a thin sock or none: half a size down is common.",
		Summary: "A seven-pin middle-distance spike for the 800 and the 1500, stiff in front and bare behind.",
		Tags:    []string{"middle distance", "spikes"},
		HTML: `<p>Nobody sees the back straight. It is where races of two laps are decided anyway, two hundred metres from the people who came to
watch. This spike was made for running it as if they could see.</p>
<p>Seven pins sit in a ribbed plate that does not bend where you push off. Behind the plate there is a strip of foam and nothing else; the
heel is there to be passed over. Pins of six millimetres and a key are in the box. Ask your track what length it allows.</p>
<p>The upper is a film you can see your sock through. Lace it while sitting, stand up, and lace it again: half a hole is the difference between
a shoe and a part of the foot.</p>`,
		Colourways: []Colourway{
			{Name: "Volt", Widths: []string{WidthD}, Palette: backstraightVolt},
			{Name: "Clay", Widths: []string{WidthD}, SoldOut: []string{"8.5"}, Palette: backstraightClay},
		},
	}
}

func lastBell() Style {
	return Style{
		Family: "solvane-last-bell", Title: "Last Bell", Maker: "Solvane", Kind: drawn.Spike, Pattern: drawn.Rays,
		Gender: Women, Surface: "track", Support: "neutral", Cushioning: "firm",
		HeelMM: 18, ForefootMM: 14, WeightGrams: 128, Released: "2025-03", Cents: 12500,
		FitNote: "True to size in a thin sock; the collar is soft enough to go without.",
		Summary: "A women's distance spike with enough foam for twenty-five laps and enough pins for the last.",
		Tags:    []string{"distance", "spikes"},
		HTML: `<p>Ten thousand metres is a long way to stand on a plate. The Last Bell puts four more millimetres of foam under it than a
middle-distance spike carries, and takes them back in weight from an upper you can read a newspaper through.</p>
<p>The pins sit a little further back, so a tired foot that lands flatter still finds them. When the bell goes, get up on your toes: the plate
is waiting there.</p>
<p>It is quiet in the bends, where a stiff spike fights you, and it takes steeple barriers without complaint, since the mesh drains as fast as it
fills. Pins and a key are in the box.</p>`,
		Colourways: []Colourway{
			{Name: "Orchid", Widths: []string{WidthB}, SoldOut: []string{"6"}, Palette: lastBellOrchid},
		},
	}
}
