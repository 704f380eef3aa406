package drawn

// drawSide draws the outer side of the shoe, toe to the right, or the inner side, toe to the left.
func drawSide(c *canvas, s ShoeSpec, medial bool) {
	v := newSide(c, s, medial)
	c.ground = 672
	turn := "transform='translate(132 0)'"
	if medial {
		turn = "transform='matrix(-1 0 0 1 1068 0)'"
	}
	c.group(turn)
	v.shadow(pt{470, -6}, 560, 40, 0.34)
	v.shadow(pt{400, -2}, 330, 15, 0.5)
	v.inside()
	v.tongue()
	v.drawUpper()
	v.lacing()
	v.drawSole()
	v.pullTab()
	c.end()
}

// inside is the far side of the collar, seen across the opening.
func (v *side) inside() {
	h := v.heel
	far := smooth(pt{50, h + v.heelTab - 6}, pt{120, h + v.dip + 62}, pt{220, h + v.dip + 34}, pt{310, h + v.dip + 60}, pt{390, h + v.instep + 10})
	v.fill(far.then(lines(pt{390, h + 60}, pt{60, h + 60})), darker(v.Palette.Lining, 0.42))
	v.stroke(far.shifted(0, -4), darker(v.Palette.Lining, 0.2), 9)
}

// tongue stands up behind the laces and runs down under them.
func (v *side) tongue() {
	y := v.heel + v.instep
	back := smooth(pt{336, y - 40}, pt{340, y + 10}, pt{334, y + 48}, pt{350, y + 64})
	front := smooth(pt{350, y + 64}, pt{392, y + 54}, pt{428, y + 20}, pt{470, y - 22})
	ridge := v.throat.shifted(5, 4).pieces(2, 3)
	v.fill(back.then(front).then(ridge).then(lines(pt{600, v.heel}, pt{340, v.heel})), v.Palette.Lining)
	v.fill(back.then(smooth(pt{364, y + 44}, pt{368, y}, pt{380, y - 50})), darker(v.Palette.Lining, 0.18))
	v.stroke(front.shifted(-2, -7), lighter(v.Palette.Lining, 0.5), 4, faint)
}

// pullTab is the loop on the heel.
func (v *side) pullTab() {
	y := v.heel + v.heelTab
	loop := smooth(pt{36, y - 86}, pt{33, y - 46}, pt{26, y - 8}, pt{36, y + 17}, pt{58, y + 9}, pt{66, y - 16})
	v.stroke(loop, darker(v.Palette.Accent, 0.2), 15, roundEnds)
	v.stroke(loop.pieces(0, 3), v.Palette.Accent, 15, roundEnds)
	v.stroke(loop.pieces(0, 3).shifted(-3, 1), lighter(v.Palette.Accent, 0.4), 3, roundEnds, faint)
}
