package drawn

// last is the form a kind of shoe is built on. Lengths are in drawing units; a millimetre is 3.1 of them in
// the side views.
type last struct {
	toeSpring  float64 // how high the tip of the sole stands off the ground
	bevel      float64 // how far the heel is cut away beneath
	arch       float64 // how far the sole stands off the ground under the midfoot
	flare      float64 // how far the foam reaches behind the heel
	lip        float64 // how far the foam rises around the foot above the stack
	heelTab    float64 // heights above the footbed
	dip        float64
	instep     float64
	toeBox     float64
	laces      int
	groundFrom float64 // where the sole begins and ends to touch the ground
	groundTo   float64
}

func lastOf(k Kind) last {
	return [...]last{
		Daily:     {76, 30, 12, 8, 24, 262, 186, 276, 138, 6, 190, 590},
		Cushioned: {94, 44, 14, 20, 36, 258, 186, 276, 140, 6, 220, 560},
		Racer:     {104, 54, 8, 26, 14, 240, 172, 262, 124, 6, 250, 540},
		Stability: {70, 28, 8, 10, 38, 266, 192, 282, 144, 6, 170, 610},
		Trail:     {78, 28, 12, 6, 30, 268, 196, 284, 146, 6, 170, 600},
		Spike:     {66, 14, 6, 0, 8, 226, 158, 240, 106, 7, 110, 520},
	}[k]
}

const sideScale = 3.1

// side holds the curves that the parts of a side view share.
type side struct {
	*canvas
	ShoeSpec
	last
	medial     bool
	heel, fore float64 // heights of the stack

	bottom  curve // underside of the sole, heel to toe
	foamTop curve // upper edge of the foam, heel to toe
	collar  curve // heel tab to the top of the eyestay
	throat  curve // top of the eyestay to the toe box
	upper   curve // the whole upper, closed
	foam    curve // the whole sole, closed
}

func newSide(c *canvas, s ShoeSpec, medial bool) *side {
	v := &side{canvas: c, ShoeSpec: s, last: lastOf(s.Kind), medial: medial}
	v.heel, v.fore = float64(s.HeelStack)*sideScale, float64(s.ForefootStack)*sideScale
	v.layOutSole()
	v.layOutUpper()
	return v
}

func (v *side) layOutSole() {
	h, f, ts := v.heel, v.fore, v.toeSpring
	top := []pt{
		{1 - v.flare, h*0.84 + 8}, {12 - v.flare*0.8, h + v.lip + 6}, {60, h + v.lip + 16}, {170, h + v.lip*0.7},
		{320, h*0.86 + f*0.14 + v.lip*0.3}, {500, h*0.4 + f*0.6 + v.lip*0.3}, {680, f + v.lip*0.6 + ts*0.1},
		{810, f*0.96 + ts*0.34 + v.lip*0.3}, {890, f*0.66 + ts*0.66 + 16}, {934, ts + 44}, {944, ts + 14},
	}
	under := []pt{
		{908, ts * 0.7}, {830, ts * 0.36}, {730, ts * 0.12}, {v.groundTo, 0}, {470, v.arch * 0.5}, {400, v.arch},
		{v.groundFrom + 110, v.arch * 0.5}, {v.groundFrom, 0}, {v.groundFrom * 0.62, v.bevel * 0.16}, {46, v.bevel*0.62 + 8},
		{8 - v.flare*0.7, h*0.4 + v.bevel*0.5},
	}
	v.foam = ring(append(top, under...)...)
	v.foamTop = v.foam.pieces(0, len(top)-1)
	v.bottom = v.foam.pieces(len(top)-1, len(v.foam.piece)).reversed()
}

func (v *side) layOutUpper() {
	h, f, ts := v.heel, v.fore, v.toeSpring
	back := []pt{{24, h - 4}, {13, h + 60}, {22, h + 130}, {42, h + 190}, {38, h + v.heelTab - 24}, {48, h + v.heelTab}}
	collar := []pt{{66, h + v.heelTab - 4}, {94, h + v.heelTab - 34}, {140, h + v.dip + 18}, {206, h + v.dip}, {280, h + v.dip + 14},
		{348, h + v.instep - 20}, {392, h + v.instep}}
	throat := []pt{{432, h + v.instep - 14}, {500, h*0.7 + f*0.3 + v.instep - 52}, {590, h*0.3 + f*0.7 + v.instep - 98}, {680, f + v.toeBox + 24}}
	toe := []pt{{740, f + v.toeBox + 2}, {816, f + v.toeBox*0.86 + ts*0.06}, {880, f*0.94 + v.toeBox*0.64 + ts*0.28},
		{922, f*0.6 + v.toeBox*0.36 + ts*0.66}, {934, ts + 36}}
	line := append(append(append(back, collar...), throat...), toe...)
	v.upper = smooth(line...)
	heelTop, eyestayTop := len(back)-1, len(back)+len(collar)-1
	v.collar = v.upper.pieces(heelTop, eyestayTop)
	v.throat = v.upper.pieces(eyestayTop, eyestayTop+len(throat))
	v.upper = v.upper.then(lines(pt{800, f*0.5 + ts*0.4}, pt{400, f * 0.5}, pt{60, h * 0.7}, pt{24, h - 4}))
}
