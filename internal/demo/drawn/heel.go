package drawn

import "fmt"

// heelScale is drawing units in a millimetre when a shoe is seen from behind.
const heelScale = 3.9

// rear is a right shoe from behind, its middle at x = 0.
type rear struct {
	*canvas
	ShoeSpec
	last
	stack, wide float64
	shell       curve // the upper
	foam        curve
}

// drawHeel draws the pair from behind.
func drawHeel(c *canvas, s ShoeSpec) {
	c.ground = 690
	v := &rear{canvas: c, ShoeSpec: s, last: lastOf(s.Kind), stack: float64(s.HeelStack) * heelScale, wide: planOf(s.Kind).wide}
	v.layOut()
	pair(c, 230, 0, func() {
		v.shadow(pt{0, -4}, 250, 34, 0.4)
		v.shadow(pt{0, -2}, 160, 14, 0.5)
		v.front()
		v.cup()
		v.sole()
		v.tab()
	})
}

func (v *rear) layOut() {
	h, w := v.stack, v.wide
	lip := v.lip * 1.25
	half := []pt{{0, h + lip + 6}, {96 * w, h + lip}, {158 * w, h + lip*0.8 - 4}, {181*w + v.flare*0.3, h * 0.66},
		{180*w + v.flare*0.5, h * 0.3}, {150 * w, 6}, {96 * w, 0}, {0, v.bevel * 0.12}}
	right := smooth(half...)
	v.foam = right.then(right.mirrored().reversed())
	side := smooth(pt{0, h}, pt{100 * w, h}, pt{148 * w, h + 20}, pt{149 * w, h + 90}, pt{126 * w, h + 180}, pt{104 * w, h + 236}, pt{98 * w, h + 270},
		pt{80 * w, h + 292}, pt{52, h + 312}, pt{34, h + 330}, pt{0, h + 336})
	v.shell = side.then(side.mirrored().reversed())
}

// front is what stands up beyond the heel: the inside of the collar and the tongue.
func (v *rear) front() {
	h, w := v.stack, v.wide
	far := smooth(pt{-100 * w, h + 250}, pt{-92 * w, h + 320}, pt{-62 * w, h + 372}, pt{0, h + 384}, pt{62 * w, h + 372}, pt{92 * w, h + 320}, pt{100 * w, h + 250})
	v.fill(far, v.Palette.Overlay)
	v.fill(far.mapped(func(p pt) pt { return pt{p.x * 0.86, p.y - 14} }), darker(v.Palette.Lining, 0.45))
	tongue := smooth(pt{-58, h + 300}, pt{-60, h + 380}, pt{-46, h + 414}, pt{0, h + 422}, pt{46, h + 414}, pt{60, h + 380}, pt{58, h + 300})
	v.fill(tongue, darker(v.Palette.Lining, 0.12))
	v.stroke(tongue.pieces(1, 5).shifted(0, -7), lighter(v.Palette.Lining, 0.4), 5, faint)
}

// cup is the back of the upper with counter, seam and collar.
func (v *rear) cup() {
	h, w, p := v.stack, v.wide, v.Palette
	v.clip(v.shell)
	v.flood(p.Upper)
	side := &side{canvas: v.canvas, ShoeSpec: v.ShoeSpec}
	v.flood(side.knit())
	counter := smooth(pt{-170 * w, h + 96}, pt{-112 * w, h + 124}, pt{-62, h + 186}, pt{-34, h + 240}, pt{0, h + 254}, pt{34, h + 240},
		pt{62, h + 186}, pt{112 * w, h + 124}, pt{170 * w, h + 96})
	v.fill(counter.then(lines(pt{180, h - 30}, pt{-180, h - 30})), p.Overlay)
	v.stroke(counter, apart(p.Overlay, p.Overlay, 0.22), 3)
	v.stroke(counter.shifted(0, -14), apart(p.Overlay, p.Overlay, 0.3), 2, "stroke-dasharray='7 5'", faint)
	v.mark()
	rim := v.shell.pieces(6, 10)
	v.strokes([]curve{rim, rim.mirrored()}, p.Lining, 30)
	v.strokes([]curve{rim.shifted(-3, -2), rim.mirrored().shifted(3, -2)}, lighter(p.Lining, 0.4), 4, faint)
	across := fmt.Sprintf("x1='%s' x2='%s' y1='0' y2='0' gradientUnits='userSpaceOnUse'", number(-150*w), number(150*w))
	v.flood(v.gradient(across, stop{0, "#0d1226", 0.36}, stop{0.3, "#0d1226", 0}, stop{0.45, "#fffdf6", 0.2}, stop{0.62, "#0d1226", 0}, stop{1, "#0d1226", 0.4}))
	v.fill(smooth(pt{-180, h + 40}, pt{0, h + 58}, pt{180, h + 40}).then(lines(pt{180, 0}, pt{-180, 0})), "#0d1226", "opacity='.14'")
	v.end()
}

// mark repeats the maker's pattern in small on the counter.
func (v *rear) mark() {
	h, p := v.stack+v.lip, v.Palette
	at := pt{0, h + 70}
	switch v.Pattern {
	case Sunrise:
		v.dot(at, 52, "none", "stroke='"+p.Upper+"'", "stroke-width='9'")
		v.dot(at, 32, p.Accent)
	case Ridge:
		v.fill(lines(pt{-96, h + 10}, pt{-30, h + 100}, pt{-8, h + 76}, pt{22, h + 118}, pt{104, h + 10}), mix(p.Overlay, p.Upper, 0.5))
		v.stroke(lines(pt{4, h + 93}, pt{22, h + 118}, pt{39, h + 93}), p.Accent, 7)
	case Contour:
		for i := range 4 {
			k := 1 - 0.24*float64(i)
			v.stroke(ring(pt{-84 * k, h + 62}, pt{-20 * k, h + 66 + 48*k}, pt{70 * k, h + 72 + 18*k}, pt{30 * k, h + 66 - 44*k}), mix(p.Upper, p.Accent, float64(i)/3), 6)
		}
	case Saddle:
		v.stroke(lines(pt{-12, h + 10}, pt{-12, h + 150}), p.Upper, 11, roundEnds)
		v.stroke(lines(pt{12, h + 10}, pt{12, h + 150}), p.Accent, 11, roundEnds)
	case Rays:
		for i := range 5 {
			x := float64(i-2) * 17
			v.stroke(lines(pt{x * 0.6, h + 22}, pt{x * 2, h + 112 - x*x*0.016}), mix(p.Accent, p.Upper, float64(i)/5), 7, roundEnds)
		}
	case Feather:
		for i := range 4 {
			y := h + 26 + 27*float64(i)
			v.stroke(lines(pt{-46 + 5*float64(i), y + 22}, pt{0, y}, pt{46 - 5*float64(i), y + 22}), mix(p.Upper, p.Accent, float64(i)/3), 9, roundEnds)
		}
	}
}

// sole is foam and rubber from behind.
func (v *rear) sole() {
	h, p := v.stack, v.Palette
	if v.Kind == Trail {
		for i := range 6 {
			x := 52 * (float64(i) - 2.5)
			v.fill(lines(pt{x - 20, 20}, pt{x + 20, 20}, pt{x + 15, -16}, pt{x - 15, -16}), darker(p.Outsole, 0.1))
		}
	}
	v.clip(v.foam)
	v.flood(p.Midsole)
	deep := darker(p.Midsole, 0.13)
	v.fill(smooth(pt{-220, h * 0.46}, pt{-90, h * 0.5}, pt{0, h * 0.62}, pt{90, h * 0.5}, pt{220, h * 0.46}).then(lines(pt{220, -20}, pt{-220, -20})), deep)
	switch v.Kind {
	case Racer, Spike:
		v.stroke(smooth(pt{-220, h * 0.46}, pt{-90, h * 0.5}, pt{0, h * 0.62}, pt{90, h * 0.5}, pt{220, h * 0.46}), p.Accent, 9)
	case Stability:
		v.strokes([]curve{lines(pt{-200, h * 0.78}, pt{-120, h * 0.72}), lines(pt{200, h * 0.78}, pt{120, h * 0.72})}, p.Accent, 26, roundEnds)
	}
	v.stroke(lines(pt{-220, 4}, pt{220, 4}), p.Outsole, 10+h*0.14)
	if v.Kind != Trail && v.Kind != Spike {
		v.stroke(lines(pt{0, -10}, pt{0, h * 0.26}), deep, 26, roundEnds)
	}
	v.flood(v.fall(h+v.lip, 0, 0.2, 0.28))
	across := fmt.Sprintf("x1='%s' x2='%s' y1='0' y2='0' gradientUnits='userSpaceOnUse'", number(-185*v.wide), number(185*v.wide))
	v.flood(v.gradient(across, stop{0, "#0d1226", 0.18}, stop{0.2, "#0d1226", 0}, stop{0.8, "#0d1226", 0}, stop{1, "#0d1226", 0.2}))
	v.stroke(v.foam.pieces(0, 2).shifted(0, -7), lighter(p.Midsole, 0.6), 5, "opacity='.75'")
	v.stroke(v.foam.pieces(0, 2).mirrored().shifted(0, -7), lighter(p.Midsole, 0.6), 5, "opacity='.75'")
	v.end()
}

// tab is the strip over the seam with its loop.
func (v *rear) tab() {
	h, p := v.stack, v.Palette
	v.stroke(lines(pt{0, h + 214}, pt{0, h + 326}), darker(p.Accent, 0.25), 44, roundEnds)
	v.stroke(lines(pt{0, h + 216}, pt{0, h + 328}), p.Accent, 38, roundEnds)
	v.stroke(ring(pt{-13, h + 318}, pt{-13, h + 352}, pt{0, h + 362}, pt{13, h + 352}, pt{13, h + 318}), darker(p.Accent, 0.2), 10)
	v.stroke(lines(pt{-11, h + 216}, pt{-11, h + 318}), lighter(p.Accent, 0.4), 4, roundEnds, faint)
}
