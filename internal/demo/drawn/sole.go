package drawn

// drawSole draws the pair turned over: rubber, grooves and lugs.
func drawSole(c *canvas, s ShoeSpec) {
	c.ground = 828
	v := &above{canvas: c, ShoeSpec: s, plan: planOf(s.Kind)}
	pair(c, 164, 5, func() {
		v.shadow(pt{14, 372}, 190, 440, 0.4)
		if s.Kind == Trail {
			v.stroke(v.outline(-4), darker(s.Palette.Outsole, 0.1), 12, "stroke-dasharray='22 13'")
			v.fill(v.outline(-1), darker(s.Palette.Outsole, 0.2))
		}
		if s.Kind != Trail {
			v.fill(v.outline(0), s.Palette.Midsole)
			v.stroke(v.outline(3), lighter(s.Palette.Midsole, 0.5), 4)
		}
		v.clip(v.outline(12))
		v.tread()
		across := v.gradient("x1='-128' x2='134' y1='0' y2='0' gradientUnits='userSpaceOnUse'",
			stop{0, "#0d1226", 0.2}, stop{0.3, "#0d1226", 0}, stop{0.5, "#fffdf6", 0.1}, stop{0.75, "#0d1226", 0}, stop{1, "#0d1226", 0.24})
		v.flood(across)
		v.end()
	})
}

func (v *above) tread() {
	switch v.Kind {
	case Trail:
		v.lugs()
	case Spike:
		v.pins()
	default:
		v.pods()
	}
}

// arch is the foam left open under the midfoot, and what is laid in it.
func (v *above) arch(paint string) {
	v.fill(ring(pt{-120, 230}, pt{-30, 190}, pt{40, 214}, pt{46, 300}, pt{30, 380}, pt{-40, 430}, pt{-140, 420}), v.Palette.Midsole)
	v.fill(ring(pt{-26, 240}, pt{16, 236}, pt{22, 320}, pt{-6, 400}, pt{-34, 390}, pt{-36, 310}), paint)
}

// pods are pads of rubber, parted by flex grooves and a groove along the line of the step.
func (v *above) pods() {
	p := v.Palette
	v.flood(p.Outsole)
	ribs := v.pattern(9, 9, 0, "<path d='M0 4h9' stroke='#fffdf6' stroke-width='2' opacity='.14'/>")
	v.flood(ribs)
	groove := darker(p.Midsole, 0.1)
	var flex []curve
	for i := range 6 {
		y := 452 + 48*float64(i)
		flex = append(flex, smooth(pt{-150, y - 6}, pt{0, y + 14}, pt{150, y - 20}))
	}
	for i := range 3 {
		y := 66 + 52*float64(i)
		flex = append(flex, smooth(pt{-120, y + 8}, pt{0, y - 6}, pt{120, y + 8}))
	}
	v.strokes(flex, groove, 9)
	v.stroke(smooth(pt{6, -10}, pt{8, 150}, pt{0, 300}, pt{16, 450}, pt{6, 600}, pt{-30, 780}), groove, 15)
	plate := mix(p.Accent, p.Midsole, 0.5)
	if v.Kind == Racer {
		plate = "#23262e"
	}
	v.arch(plate)
	if v.Kind == Stability {
		v.fill(ring(pt{-120, 150}, pt{-62, 170}, pt{-56, 300}, pt{-70, 420}, pt{-130, 430}), p.Accent)
	}
	v.dot(pt{6, 590}, 30, p.Accent)
	v.dot(pt{6, 590}, 16, p.Outsole)
}

// lugs are arrowheads: they pull in front and brake at the heel.
func (v *above) lugs() {
	p := v.Palette
	v.flood(darker(p.Outsole, 0.12))
	var pull, brake []curve
	for row := range 13 {
		y := 70 + 54*float64(row)
		if y > 250 && y < 370 {
			continue
		}
		for i := range 5 {
			x := (float64(i)-2)*56 + 28*float64(row%2)
			if y < 300 {
				brake = append(brake, lines(pt{x - 17, y + 10}, pt{x, y - 6}, pt{x + 17, y + 10}))
			} else {
				pull = append(pull, lines(pt{x - 17, y - 10}, pt{x, y + 6}, pt{x + 17, y - 10}))
			}
		}
	}
	v.strokes(append(pull, brake...), darker(p.Outsole, 0.5), 17)
	for i := range pull {
		pull[i] = pull[i].shifted(0, 4)
	}
	for i := range brake {
		brake[i] = brake[i].shifted(0, 4)
	}
	v.strokes(pull, lighter(p.Outsole, 0.14), 14)
	v.strokes(brake, p.Accent, 14)
	v.fill(ring(pt{-60, 270}, pt{0, 256}, pt{64, 270}, pt{70, 356}, pt{0, 372}, pt{-70, 356}), p.Midsole)
	v.stroke(smooth(pt{-40, 300}, pt{0, 318}, pt{44, 300}), p.Accent, 8, roundEnds)
}

// pins are seven spikes in a stiff plate, with bare foam behind.
func (v *above) pins() {
	p := v.Palette
	v.flood(p.Midsole)
	plate := smooth(pt{-150, 330}, pt{-60, 380}, pt{0, 300}, pt{60, 380}, pt{150, 330})
	v.fill(plate.then(lines(pt{160, 800}, pt{-160, 800})), p.Outsole)
	v.stroke(plate.shifted(0, 14), p.Accent, 8)
	var ribs []curve
	for i := range 5 {
		x := float64(i-2) * 34
		ribs = append(ribs, smooth(pt{x * 0.4, 400}, pt{x, 540}, pt{x*0.7 - 10, 730}))
	}
	v.strokes(ribs, lighter(p.Outsole, 0.16), 6, roundEnds)
	at := []pt{{-70, 460}, {80, 470}, {-84, 560}, {86, 570}, {-66, 660}, {52, 670}, {-8, 728}}
	v.dots(at, 19, darker(p.Outsole, 0.4))
	v.dots(at, 12, "#9aa3b2")
	v.dots(at, 5, "#eef1f5")
	v.fill(ring(pt{0, 46}, pt{46, 84}, pt{48, 170}, pt{0, 214}, pt{-44, 170}, pt{-42, 84}), darker(p.Midsole, 0.1))
	v.fill(ring(pt{0, 62}, pt{32, 92}, pt{33, 164}, pt{0, 196}, pt{-30, 164}, pt{-29, 92}), p.Accent)
}
