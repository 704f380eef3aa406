package drawn

import "fmt"

// above is a right shoe seen from above.
type above struct {
	*canvas
	ShoeSpec
	plan
	opening curve
	throat  [2]curve // outer and inner edge of the lacing, towards the toe
}

// drawTop draws the pair from above, toes upwards.
func drawTop(c *canvas, s ShoeSpec) {
	c.ground = 828
	v := &above{canvas: c, ShoeSpec: s, plan: planOf(s.Kind)}
	v.opening = ring(pt{0, 34}, pt{46, 66}, pt{61, 150}, pt{56, 240}, pt{52, 318}, pt{0, 340}, pt{-50, 318}, pt{-54, 240}, pt{-57, 150}, pt{-44, 66})
	v.throat = [2]curve{
		smooth(pt{52, 312}, pt{50, 380}, pt{45, 470}, pt{36, 548}, pt{0, 578}),
		smooth(pt{-50, 312}, pt{-50, 380}, pt{-46, 470}, pt{-36, 548}, pt{0, 578}),
	}
	pair(c, 164, 5, func() {
		v.shadow(pt{14, 372}, 190, 440, 0.4)
		v.sole()
		v.cloth()
		v.inside()
		v.lacing()
	})
}

// pair draws a right shoe and its mirror image, each so far from the middle and with toes turned out.
func pair(c *canvas, apart, turn float64, draw func()) {
	c.group(fmt.Sprintf("id='r' transform='translate(%s 0) rotate(%s 0 450)'", number(width/2+apart), number(turn)))
	draw()
	c.end()
	fmt.Fprintf(&c.body, "<use href='#r' transform='matrix(-1 0 0 1 %d 0)'/>", width)
}

// sole is what shows of it around the upper.
func (v *above) sole() {
	if v.Kind == Trail {
		v.stroke(v.outline(-4), v.Palette.Outsole, 12, "stroke-dasharray='22 13'")
		v.fill(v.outline(-1), darker(v.Palette.Outsole, 0.2))
		v.fill(v.outline(5), v.Palette.Midsole)
		return
	}
	v.fill(v.outline(0), darker(v.Palette.Midsole, 0.1))
	v.stroke(v.outline(4), lighter(v.Palette.Midsole, 0.5), 4)
}

// cloth is the upper with its overlays.
func (v *above) cloth() {
	p := v.Palette
	v.clip(v.outline(v.overhang))
	v.flood(p.Upper)
	side := &side{canvas: v.canvas, ShoeSpec: v.ShoeSpec}
	v.flood(side.knit())
	v.vents()
	v.overlay()
	v.stroke(v.outline(v.overhang), p.Overlay, 18)
	cap := smooth(pt{-150, 640}, pt{-90, 690}, pt{-10, 706}, pt{80, 680}, pt{150, 610})
	v.fill(cap.then(lines(pt{150, 800}, pt{-150, 800})), p.Overlay)
	v.stroke(cap, apart(p.Overlay, p.Overlay, 0.22), 3)
	counter := smooth(pt{-140, 210}, pt{-92, 130}, pt{-60, 60}, pt{0, 40}, pt{62, 60}, pt{94, 130}, pt{140, 220})
	v.fill(counter.then(lines(pt{150, -20}, pt{-150, -20})), p.Overlay)
	v.eyestay()
	across := fmt.Sprintf("x1='%s' x2='%s' y1='0' y2='0' gradientUnits='userSpaceOnUse'", number(-128*v.wide), number(134*v.wide))
	v.flood(v.gradient(across, stop{0, "#0d1226", 0.34}, stop{0.24, "#0d1226", 0}, stop{0.5, "#fffdf6", 0.14}, stop{0.72, "#0d1226", 0}, stop{1, "#0d1226", 0.38}))
	v.stroke(smooth(pt{-66, 668}, pt{-16, 690}, pt{44, 672}), "#fffdf6", 10, roundEnds, "opacity='.22'")
	v.end()
}

func (v *above) vents() {
	for row := range 4 {
		var openings []pt
		y := 604 + 21*float64(row)
		for i := range 7 - row {
			x := (float64(i) - float64(6-row)/2) * 25
			openings = append(openings, pt{x - 4, y - x*x*0.004})
		}
		v.dots(openings, 4.8-0.7*float64(row), apart(v.Palette.Upper, v.Palette.Upper, 0.42))
	}
}

func (v *above) eyestay() {
	p := v.Palette
	band := ring(pt{74, 296}, pt{74, 400}, pt{67, 500}, pt{48, 572}, pt{0, 598}, pt{-48, 572}, pt{-67, 500}, pt{-73, 400}, pt{-72, 296}, pt{0, 280})
	v.fill(band, p.Overlay)
	v.stroke(band, apart(p.Overlay, p.Overlay, 0.22), 3)
	tongue := v.throat[0].then(v.throat[1].reversed())
	v.fill(tongue, darker(p.Lining, 0.2))
	v.fill(tongue.mapped(func(q pt) pt { return pt{q.x * 0.8, 312 + (q.y-312)*0.95} }), p.Lining)
}

// inside is the opening: collar, insole and the top of the tongue.
func (v *above) inside() {
	p := v.Palette
	wide := 30.0
	if v.Kind == Racer || v.Kind == Spike {
		wide = 16
	}
	v.stroke(v.opening, darker(p.Lining, 0.15), wide)
	v.stroke(v.opening, lighter(p.Lining, 0.12), wide*0.5)
	v.fill(v.opening, darker(p.Lining, 0.55))
	v.clip(v.opening)
	insole := ring(pt{4, 44}, pt{46, 84}, pt{52, 170}, pt{44, 260}, pt{50, 380}, pt{-40, 380}, pt{-36, 260}, pt{-44, 170}, pt{-40, 84})
	v.fill(insole, mix(p.Accent, p.Lining, 0.25))
	down := fmt.Sprintf("x1='0' x2='0' y1='%s' y2='%s' gradientUnits='userSpaceOnUse'", number(v.ground-40), number(v.ground-330))
	v.flood(v.gradient(down, stop{0, "#0d1226", 0.1}, stop{0.45, "#0d1226", 0.2}, stop{1, "#0d1226", 0.75}))
	v.end()
	top := ring(pt{-46, 250}, pt{0, 232}, pt{48, 250}, pt{45, 330}, pt{42, 400}, pt{-40, 400}, pt{-44, 330})
	v.fill(top.shifted(0, -12), "#0d1226", faint)
	v.fill(top, p.Lining)
	v.stroke(smooth(pt{-40, 258}, pt{0, 243}, pt{42, 258}), lighter(p.Lining, 0.5), 5, roundEnds, faint)
	v.stroke(lines(pt{-15, 290}, pt{17, 290}), p.Accent, 16, roundEnds)
}

func (v *above) lacing() {
	n := lastOf(v.Kind).laces + 1
	var rows, crosses, shades []curve
	var holes []pt
	for i := range n {
		y := 338 + 205*float64(i)/float64(n-1)
		reach := 61 - 0.06*(y-338)
		left, right := pt{-reach, y - 3}, pt{reach, y - 3}
		row := smooth(left, pt{0, y + 7}, right)
		holes = append(holes, left, right)
		rows, shades = append(rows, row), append(shades, row.shifted(0, -6))
		if i > 0 {
			below := pt{0, -205 / float64(n-1)}
			crosses = append(crosses, lines(right.times(0.6).plus(pt{0, y * 0.4}), left.times(0.6).plus(pt{0, y * 0.4}).plus(below)),
				lines(left.times(0.6).plus(pt{0, y * 0.4}), right.times(0.6).plus(pt{0, y * 0.4}).plus(below)))
		}
	}
	lace := v.Palette.Lace
	v.strokes(crosses, darker(lace, 0.3), 11)
	v.strokes(shades, "#0d1226", 16, "opacity='.25'")
	v.dots(holes, 10, apart(v.Palette.Overlay, v.Palette.Overlay, 0.36))
	v.strokes(rows, lace, 17, roundEnds)
	for i := range rows {
		rows[i] = rows[i].shifted(0, -5)
	}
	v.strokes(rows, darker(lace, 0.25), 2.5, faint)
}
