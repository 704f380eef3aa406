package drawn

// drawSole draws foam, rubber and what is between them.
func (v *side) drawSole() {
	v.lugs()
	p := v.Palette
	v.clip(v.foam)
	v.flood(p.Midsole)
	v.sculpt()
	v.rubber()
	v.foamLight()
	v.end()
}

// lugs stand out under the foam: teeth on a trail shoe, pins on a spike.
func (v *side) lugs() {
	switch v.Kind {
	case Trail:
		v.stroke(v.bottom.pieces(1, len(v.bottom.piece)-1).shifted(0, -2), darker(v.Palette.Outsole, 0.1), 34, "stroke-dasharray='30 15'")
	case Spike:
		for i := range 4 {
			at, along := v.bottom.at(0.5 + 0.115*float64(i))
			down := pt{along.y, -along.x}
			v.fill(lines(at.plus(along.times(-12)), at.plus(along.times(12)), at.plus(along.times(3)).plus(down.times(24)),
				at.plus(along.times(-3)).plus(down.times(24))), "#5d6675")
		}
	}
}

// rubber is the outsole: a strip on the underside in pods, whole under a trail shoe.
func (v *side) rubber() {
	paint := v.Palette.Outsole
	switch v.Kind {
	case Trail:
		v.stroke(v.bottom, paint, 44)
	case Racer:
		v.stroke(v.bottom, paint, 22, "stroke-dasharray='0 30 190 210 430 400'")
	case Spike:
		v.stroke(v.bottom, paint, 30, "stroke-dasharray='0 330 900'")
	default:
		v.stroke(v.bottom, paint, 34, "stroke-dasharray='0 26 150 12 120 150 110 12 110 12 110 12 220'")
	}
}

// sculpt shapes the side of the foam, each kind in its own way.
func (v *side) sculpt() {
	h, f, ts := v.heel, v.fore, v.toeSpring
	deep, edge := darker(v.Palette.Midsole, 0.13), darker(v.Palette.Midsole, 0.24)
	switch v.Kind {
	case Racer:
		plate := smooth(pt{-40, h*0.52 + 14}, pt{120, h*0.5 + 8}, pt{320, h * 0.42}, pt{520, f * 0.36}, pt{700, f*0.4 + ts*0.12}, pt{840, f*0.45 + ts*0.42}, pt{960, ts + 26})
		v.fill(plate.then(lines(pt{960, -10}, pt{-40, -10})), deep)
		v.stroke(plate, v.Palette.Accent, 9)
		v.fill(smooth(pt{250, 0}, pt{330, h * 0.2}, pt{430, h * 0.24}, pt{520, f * 0.14}, pt{560, -4}), edge)
	case Trail:
		v.fill(smooth(pt{-40, h * 0.62}, pt{160, h*0.56 + 6}, pt{400, h * 0.5}, pt{640, f * 0.55}, pt{800, f*0.6 + ts*0.26}, pt{960, ts + 30}).
			then(lines(pt{960, -10}, pt{-40, -10})), deep)
		v.notches(9, lines(pt{70, h*0.62 - 4}, pt{600, f*0.7 - 4}), pt{26, 30}, edge)
	case Spike:
		v.fill(smooth(pt{-20, h * 0.5}, pt{200, h * 0.4}, pt{400, h * 0.5}, pt{640, f * 0.7}, pt{960, ts + 20}).then(lines(pt{960, -20}, pt{-20, -20})), v.Palette.Accent)
	case Stability:
		v.guide(deep, edge)
	case Cushioned:
		swoop := smooth(pt{-40, h * 0.74}, pt{120, h * 0.8}, pt{300, h * 0.6}, pt{480, h * 0.34}, pt{640, f * 0.34}, pt{820, f*0.5 + ts*0.36}, pt{960, ts + 34})
		v.fill(swoop.then(lines(pt{960, -10}, pt{-40, -10})), deep)
		v.stroke(swoop.shifted(0, -16), edge, 4)
		v.stroke(swoop.shifted(0, -30), edge, 3, faint)
	default:
		carve := smooth(pt{-30, h * 0.3}, pt{90, h*0.46 + 4}, pt{230, h * 0.56}, pt{400, h*0.3 + f*0.16}, pt{560, f * 0.42}, pt{760, f*0.4 + ts*0.2}, pt{960, ts + 24})
		v.fill(carve.then(lines(pt{960, -10}, pt{-30, -10})), deep)
		v.stroke(carve.pieces(0, 4).shifted(10, 14), edge, 5, roundEnds)
		v.notches(6, smooth(pt{620, f * 0.6}, pt{740, f*0.62 + ts*0.14}, pt{840, f*0.6 + ts*0.4}), pt{14, 20}, edge)
	}
}

// notches are short grooves in a row along a curve.
func (v *side) notches(n int, row curve, slant pt, paint string) {
	var grooves []curve
	for i := range n {
		at, _ := row.at(float64(i) / float64(n-1))
		grooves = append(grooves, lines(at, at.plus(slant)))
	}
	v.strokes(grooves, paint, 6, roundEnds)
}

// guide is the firm rail of a stability shoe: long on the inner side, a short rim on the outer.
func (v *side) guide(deep, edge string) {
	h, f := v.heel, v.fore
	reach := 430.0
	if v.medial {
		reach = 640
	}
	v.fill(smooth(pt{-30, h * 0.4}, pt{240, h * 0.36}, pt{520, f * 0.4}, pt{760, f*0.44 + v.toeSpring*0.2}, pt{960, v.toeSpring + 26}).
		then(lines(pt{960, -10}, pt{-30, -10})), deep)
	rail := smooth(pt{96, h * 0.62}, pt{200, h*0.56 + 2}, pt{reach, h*0.5 + 6}, pt{reach + 60, h*0.5 + 22}).
		then(smooth(pt{reach + 20, h*0.62 + 26}, pt{reach - 80, h*0.74 + 22}, pt{200, h*0.84 + 18}, pt{110, h*0.86 + 18}, pt{96, h * 0.62}))
	v.fill(rail, mix(v.Palette.Accent, v.Palette.Midsole, 0.25))
	v.stroke(rail, edge, 3)
}

// foamLight rounds the foam: a bright upper rim, a shaded underside.
func (v *side) foamLight() {
	v.flood(v.fall(v.heel+v.lip, 0, 0.22, 0.26))
	v.stroke(v.foamTop.pieces(1, len(v.foamTop.piece)-2).shifted(0, -7), lighter(v.Palette.Midsole, 0.6), 5, roundEnds, "opacity='.75'")
}
