package drawn

import "fmt"

// drawUpper draws what is sewn or glued onto the last, everything cut to the outline of the upper.
func (v *side) drawUpper() {
	p := v.Palette
	v.clip(v.upper)
	v.flood(p.Upper)
	v.flood(v.knit())
	v.vents()
	v.vampFold()
	v.heelCounter()
	v.overlay()
	v.toeCap()
	v.eyestay()
	v.padding()
	v.light()
	v.end()
}

// knit is the texture of the cloth: fine ribs on a racer, a coarser weave on a trail shoe.
func (v *side) knit() string {
	tone := apart(v.Palette.Upper, v.Palette.Upper, 0.3)
	tile := fmt.Sprintf("<path d='M0 2h5M6 6h5' stroke='%s' stroke-width='1.6' opacity='.5'/>", tone)
	switch v.Kind {
	case Racer, Spike:
		return v.pattern(7, 7, 28, fmt.Sprintf("<path d='M0 3h7' stroke='%s' stroke-width='1.3' opacity='.4'/>", tone))
	case Trail:
		return v.pattern(12, 12, 45, fmt.Sprintf("<path d='M0 6h12M6 0v12' stroke='%s' stroke-width='1.6' opacity='.38'/>", tone))
	}
	return v.pattern(12, 8, -14, tile)
}

// vents are rows of openings over the toes that grow towards the laces.
func (v *side) vents() {
	edge := smooth(pt{650, v.fore + v.toeBox - 12}, pt{720, v.fore + v.toeBox - 30}, pt{800, v.fore + v.toeBox*0.66}, pt{862, v.fore + v.toeBox*0.38 + v.toeSpring*0.16})
	for row := range 4 {
		var openings []pt
		for i := range 9 - row {
			at, _ := edge.at((float64(i) + 0.5 + 0.5*float64(row%2)) / 9)
			openings = append(openings, at.plus(pt{-11 * float64(row), -19 * float64(row)}))
		}
		v.dots(openings, 4.6-0.7*float64(row), apart(v.Palette.Upper, v.Palette.Upper, 0.42))
	}
}

// vampFold is the soft crease where the foot bends, as two flat tones.
func (v *side) vampFold() {
	f := v.fore
	v.fill(smooth(pt{600, f + 40}, pt{640, f + v.toeBox*0.7}, pt{690, f + v.toeBox + 40}).
		then(smooth(pt{664, f + v.toeBox + 40}, pt{618, f + v.toeBox*0.66}, pt{560, f + 30})), darker(v.Palette.Upper, 0.25), "opacity='.25'")
}

func (v *side) toeCap() {
	f, ts := v.fore, v.toeSpring
	edge := smooth(pt{880, f + v.toeBox}, pt{868, f*0.9 + v.toeBox*0.45 + ts*0.24}, pt{820, f + ts*0.3 + 34}, pt{720, f + ts*0.1 + 24 + v.lip*0.5}, pt{600, f + v.lip*0.5})
	if v.Kind == Trail {
		edge = smooth(pt{836, f + v.toeBox + 20}, pt{838, f + v.toeBox*0.6}, pt{800, f + v.toeBox*0.42}, pt{700, f + 62}, pt{560, f + 66}, pt{440, f + 10})
	}
	cap := edge.then(lines(pt{600, 0}, pt{960, 0}, pt{960, f + v.toeBox}))
	v.fill(cap, v.Palette.Overlay)
	v.stroke(edge, apart(v.Palette.Overlay, v.Palette.Overlay, 0.22), 3)
}

// heelCounter is the stiff cup around the heel, with a line that runs out towards the arch.
func (v *side) heelCounter() {
	h := v.heel
	edge := smooth(pt{0, h + 212}, pt{70, h + 176}, pt{128, h + 128}, pt{176, h + 78}, pt{250, h + 40}, pt{360, h * 0.8})
	if v.Kind == Racer || v.Kind == Spike {
		edge = smooth(pt{0, h + 150}, pt{60, h + 118}, pt{104, h + 74}, pt{150, h + 36}, pt{240, h * 0.9})
	}
	cup := edge.then(lines(pt{360, 0}, pt{-20, 0}))
	v.fill(cup, v.Palette.Overlay)
	v.stroke(edge, apart(v.Palette.Overlay, v.Palette.Overlay, 0.22), 3)
	v.stroke(edge.shifted(-12, -14), apart(v.Palette.Overlay, v.Palette.Overlay, 0.3), 2, "stroke-dasharray='7 5'", faint)
	if v.Kind == Stability {
		clip := smooth(pt{-10, h + 128}, pt{70, h + 112}, pt{130, h + 70}, pt{190, h + 44}, pt{300, h}).
			then(smooth(pt{200, h}, pt{150, h + 22}, pt{90, h + 56}, pt{-10, h + 72}))
		v.fill(clip, v.Palette.Accent)
	}
}

// eyestay is the band that carries the eyelets.
func (v *side) eyestay() {
	inner := v.throat.shifted(-20, -60).pieces(1, 4)
	start := v.collar.end().plus(pt{-60, -34})
	end := v.throat.end()
	edge := lines(start, inner.start).then(inner).then(smooth(inner.end(), end.plus(pt{16, -62}), end.plus(pt{38, -36}), end.plus(pt{44, 20})))
	band := edge.then(lines(pt{384, v.heel + v.instep + 60}))
	v.fill(band, v.Palette.Overlay)
	v.stroke(edge, apart(v.Palette.Overlay, v.Palette.Overlay, 0.22), 3)
}

// padding is the rolled edge of the collar.
func (v *side) padding() {
	wide := 46.0
	if v.Kind == Racer || v.Kind == Spike {
		wide = 20
	}
	v.stroke(v.collar, darker(v.Palette.Lining, 0.14), wide+6, roundEnds)
	v.stroke(v.collar, v.Palette.Lining, wide, roundEnds)
	v.stroke(v.collar.shifted(0, -5), lighter(v.Palette.Lining, 0.4), 4, "opacity='.5'")
}

// light models the form: one light from above, a core shadow along the sole, and the foam's shade at its edge.
func (v *side) light() {
	h, f := v.heel, v.fore
	v.flood(v.fall(h+v.instep, f*0.5, 0.16, 0.3))
	core := smooth(pt{-10, h + 100}, pt{90, h + 62}, pt{250, h + 58}, pt{430, h*0.6 + f*0.4 + 72}, pt{640, f + 66}, pt{790, f + 62}, pt{880, f*0.8 + v.toeSpring*0.5 + 36}, pt{940, v.toeSpring + 50})
	v.fill(core.then(lines(pt{960, 0}, pt{-20, 0})), "#0d1226", "opacity='.1'")
	v.stroke(v.foamTop, "#0d1226", 20, "opacity='.16'")
	v.stroke(smooth(pt{740, f + v.toeBox - 14}, pt{800, f + v.toeBox*0.8 + 2}, pt{850, f + v.toeBox*0.58 + 8}), "#fffdf6", 9, roundEnds, "opacity='.3'")
	v.stroke(smooth(pt{34, h + 60}, pt{42, h + 124}, pt{58, h + 180}), "#fffdf6", 8, roundEnds, "opacity='.28'")
}
