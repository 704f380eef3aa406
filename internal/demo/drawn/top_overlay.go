package drawn

// overlay shows on both sides of the laces what of the maker's pattern is seen from above.
func (v *above) overlay() {
	for _, side := range []float64{1, -1} {
		on := func(x, y float64) pt { return pt{side * x * v.wide, y} }
		v.overlayOn(on)
	}
}

func (v *above) overlayOn(on func(x, y float64) pt) {
	p := v.Palette
	switch v.Pattern {
	case Sunrise:
		v.dot(on(134, 400), 78, "none", "stroke='"+p.Overlay+"'", "stroke-width='13'")
		v.dot(on(134, 400), 52, p.Accent)
	case Rays:
		for i := range 6 {
			y := 330 + 42*float64(i)
			v.fill(lines(on(150, y-38), on(110, y+2), on(74, y+34), on(106, y+14)), [2]string{p.Accent, p.Overlay}[i%2])
		}
	case Ridge:
		v.fill(lines(on(150, 270), on(96, 320), on(106, 345), on(78, 400), on(102, 440), on(92, 470), on(150, 540)), mix(p.Overlay, p.Upper, 0.3))
		v.fill(lines(on(150, 310), on(106, 350), on(94, 402), on(112, 440), on(150, 490)), p.Overlay)
	case Feather:
		for i := range 7 {
			y := 300 + 34*float64(i)
			v.fill(smooth(on(84, y), on(104, y+8), on(134, y+44)).then(smooth(on(134, y+44), on(100, y+30), on(82, y+14))), [3]string{p.Overlay, p.Overlay, p.Accent}[i%3])
		}
	case Contour:
		for i := range 5 {
			k := 1 - 0.17*float64(i)
			v.stroke(ring(on(140, 400-120*k), on(140-50*k, 390-50*k), on(140-58*k, 410+30*k), on(140-30*k, 420+100*k), on(150, 420+120*k)),
				mix(p.Overlay, p.Accent, float64(i)/4), 6)
		}
	case Saddle:
		v.fill(smooth(on(160, 330), on(100, 350), on(60, 420)).then(smooth(on(60, 520), on(100, 480), on(160, 460))), p.Overlay)
		v.stroke(smooth(on(150, 388), on(110, 398), on(84, 430)), p.Accent, 11)
	}
}
