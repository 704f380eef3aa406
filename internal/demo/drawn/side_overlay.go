package drawn

import "math"

// overlay draws the maker's pattern on the quarter, between heel counter and toe.
func (v *side) overlay() {
	base := v.heel*0.6 + v.fore*0.4 + v.lip*0.5
	switch v.Pattern {
	case Sunrise:
		v.sunrise(base)
	case Rays:
		v.rays(base)
	case Ridge:
		v.ridge(base)
	case Feather:
		v.feather(base)
	case Contour:
		v.contour(base)
	case Saddle:
		v.saddle(base)
	}
}

// sunrise is a half disc that comes up behind the foam, with one arc around it.
func (v *side) sunrise(base float64) {
	centre := pt{440, base - 2}
	v.arc(centre, 128, 22, v.Palette.Overlay)
	v.dot(centre, 86, v.Palette.Accent)
	v.dot(centre, 52, lighter(v.Palette.Accent, 0.3))
}

func (v *side) arc(centre pt, r, wide float64, paint string) {
	v.dot(centre, r, "none", "stroke='"+paint+"'", "stroke-width='"+number(wide)+"'")
}

// rays are slender leaves that fan out from one point under the arch.
func (v *side) rays(base float64) {
	from := pt{286, base - 70}
	for i := range 7 {
		angle := 0.3 + 0.165*float64(i)
		reach, half := 372+14*float64(i)-2.6*float64(i*i), 0.047-0.003*float64(i)
		out := func(a, r float64) pt { return from.plus(pt{math.Cos(a) * r, math.Sin(a) * r}) }
		leaf := lines(from, out(angle-half, reach*0.66), out(angle, reach), out(angle+half, reach*0.66))
		v.fill(leaf, [2]string{v.Palette.Accent, v.Palette.Overlay}[i%2])
	}
}

// ridge is a skyline of two ranges along the foam.
func (v *side) ridge(base float64) {
	far := lines(pt{150, base}, pt{236, base + 96}, pt{268, base + 74}, pt{352, base + 158}, pt{410, base + 96}, pt{446, base + 122},
		pt{530, base + 40}, pt{566, base + 66}, pt{660, base - 20})
	near := lines(pt{180, base - 10}, pt{262, base + 46}, pt{300, base + 28}, pt{378, base + 92}, pt{452, base + 34}, pt{498, base + 56}, pt{600, base - 30})
	v.fill(far.then(lines(pt{660, 0}, pt{150, 0})), mix(v.Palette.Overlay, v.Palette.Upper, 0.35))
	v.fill(near.then(lines(pt{600, 0}, pt{180, 0})), v.Palette.Overlay)
	v.stroke(lines(pt{318, base + 123}, pt{352, base + 158}, pt{378, base + 130}), v.Palette.Accent, 7, "stroke-linejoin='miter'")
}

// feather is a row of slender barbs along a spine that rises to the laces.
func (v *side) feather(base float64) {
	spine := smooth(pt{190, base + 40}, pt{320, base + 52}, pt{440, base + 92}, pt{520, base + 160})
	for i := range 11 {
		root, along := spine.at((float64(i) + 0.4) / 11)
		size := 46 + 5.2*float64(i)
		tip := root.plus(along.times(size * 0.72)).plus(pt{along.y, -along.x}.times(size))
		belly := root.to(tip, 0.5).plus(along.times(size * 0.24))
		barb := smooth(root, belly, tip).then(smooth(tip, root.to(tip, 0.5), root.plus(along.times(-9))))
		v.fill(barb, [3]string{v.Palette.Overlay, v.Palette.Overlay, v.Palette.Accent}[i%3])
	}
	v.stroke(spine, v.Palette.Accent, 6, roundEnds)
}

// contour is a hill on a walker's map: lines of equal height.
func (v *side) contour(base float64) {
	for i := range 7 {
		k := 1 - 0.135*float64(i)
		hill := ring(
			pt{390 - 214*k, base + 6 - 20*k}, pt{390 - 130*k, base + 20 + 66*k}, pt{380 - 30*k, base + 24 + 84*k},
			pt{400 + 80*k, base + 22 + 112*k}, pt{404 + 196*k, base + 10 + 60*k}, pt{400 + 250*k, base - 16 - 40*k}, pt{390, base - 20 - 90*k})
		paint := mix(v.Palette.Overlay, v.Palette.Accent, float64(i)/6)
		if i == 6 {
			v.fill(hill, v.Palette.Accent)
			continue
		}
		v.stroke(hill, paint, 7.5-0.6*float64(i))
	}
}

// saddle is one broad panel over the arch with a window in it.
func (v *side) saddle(base float64) {
	panel := smooth(pt{300, base - 30}, pt{330, base + 90}, pt{400, base + 210}, pt{440, base + 290}).
		then(smooth(pt{560, base + 200}, pt{540, base + 100}, pt{570, base + 30}, pt{620, base - 30}))
	v.fill(panel, v.Palette.Overlay)
	slit := func(dx float64) curve {
		return smooth(pt{392 + dx, base + 8}, pt{412 + dx, base + 70}, pt{452 + dx, base + 132})
	}
	v.stroke(slit(0), v.Palette.Upper, 15, roundEnds)
	v.stroke(slit(46), v.Palette.Accent, 15, roundEnds)
}
