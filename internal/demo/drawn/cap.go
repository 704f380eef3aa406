package drawn

import "fmt"

// CapView is the side from which a cap is seen.
type CapView int

// The views of a cap.
const (
	CapSide CapView = iota
	CapFront
)

// Cap draws a light running cap as a complete SVG document. Upper is the crown, Overlay the back panel,
// Accent the button and bands, Lining the underside of the peak. It panics when the palette fails Check.
func Cap(p Palette, v CapView) []byte {
	if err := p.Check(); err != nil {
		panic(err)
	}
	c := newCanvas(p.Backdrop, false)
	c.ground = 680
	k := &runningCap{canvas: c, Palette: p}
	if v == CapFront {
		k.front()
	} else {
		k.side()
	}
	return c.document()
}

type runningCap struct {
	*canvas
	Palette
}

func (k *runningCap) mesh() string {
	return k.pattern(11, 11, 45, fmt.Sprintf("<circle cx='4' cy='4' r='2.200' fill='%s' opacity='.5'/>", apart(k.Overlay, k.Overlay, 0.35)))
}

// side shows the cap with its peak to the right.
func (k *runningCap) side() {
	k.shadow(pt{610, 56}, 520, 50, 0.4)
	crown := smooth(pt{214, 96}, pt{202, 190}, pt{240, 320}, pt{340, 430}, pt{490, 474}, pt{630, 446}, pt{726, 356}, pt{764, 240}, pt{770, 150})
	edge := smooth(pt{770, 150}, pt{640, 118}, pt{480, 92}, pt{330, 84}, pt{214, 96})
	crown = crown.then(edge)
	peak := smooth(pt{640, 132}, pt{730, 148}, pt{830, 146}, pt{940, 122}, pt{1034, 74}, pt{1064, 40}, pt{1016, 32}, pt{900, 60}, pt{780, 98}, pt{700, 114}, pt{640, 118})
	k.fill(peak.shifted(-4, -10), darker(k.Lining, 0.3))
	k.fill(peak, k.Overlay)
	brow := peak.pieces(0, 4)
	k.strokes([]curve{brow.shifted(-4, -16), brow.shifted(-10, -32)}, apart(k.Overlay, k.Overlay, 0.25), 3, "stroke-dasharray='9 6'")
	k.stroke(brow.shifted(0, -4), "#fffdf6", 5, "opacity='.3'")
	k.clip(crown)
	k.flood(k.Upper)
	back := smooth(pt{500, 500}, pt{440, 380}, pt{412, 240}, pt{404, 60}).then(lines(pt{150, 60}, pt{150, 500}))
	k.fill(back, k.Overlay)
	k.fill(back, k.mesh())
	k.strokes([]curve{smooth(pt{492, 480}, pt{436, 380}, pt{408, 240}, pt{400, 60}), smooth(pt{500, 480}, pt{600, 380}, pt{646, 260}, pt{660, 80})},
		"#0d1226", 4, "opacity='.3'")
	k.stroke(edge.shifted(0, 24), k.Accent, 20)
	k.stroke(smooth(pt{655, 320}, pt{700, 308}, pt{760, 262}), k.Accent, 16, roundEnds)
	k.stroke(smooth(pt{660, 284}, pt{710, 270}, pt{766, 226}), mix(k.Accent, k.Upper, 0.5), 8, roundEnds)
	k.fill(smooth(pt{150, 180}, pt{330, 210}, pt{520, 160}, pt{800, 240}).then(lines(pt{800, 40}, pt{150, 40})), "#0d1226", "opacity='.1'")
	k.flood(k.fall(474, 80, 0.22, 0.28))
	k.end()
	k.ellipse(pt{492, 476}, 22, 10, k.Accent)
	k.stroke(smooth(pt{214, 130}, pt{186, 126}, pt{176, 108}, pt{196, 96}, pt{220, 98}), k.Accent, 13, roundEnds)
}

// front shows the cap as a person who meets the runner sees it.
func (k *runningCap) front() {
	k.shadow(pt{600, 24}, 430, 40, 0.36)
	half := smooth(pt{600, 486}, pt{700, 474}, pt{800, 410}, pt{846, 300}, pt{850, 150}, pt{820, 90}, pt{600, 90})
	left := half.mapped(func(p pt) pt { return pt{width - p.x, p.y} })
	k.clip(half.then(left.reversed()))
	k.flood(k.Upper)
	for _, x := range []float64{1, -1} {
		on := func(dx, y float64) pt { return pt{600 + x*dx, y} }
		back := smooth(on(60, 500), on(160, 400), on(196, 260), on(196, 60)).then(lines(on(300, 60), on(300, 500)))
		k.fill(back, k.Overlay)
		k.fill(back, k.mesh())
	}
	k.stroke(lines(pt{600, 500}, pt{600, 80}), "#0d1226", 4, "opacity='.25'")
	k.stroke(smooth(pt{470, 250}, pt{540, 292}, pt{600, 300}, pt{660, 292}, pt{730, 250}), k.Accent, 16, roundEnds)
	k.stroke(smooth(pt{500, 222}, pt{600, 258}, pt{700, 222}), mix(k.Accent, k.Upper, 0.5), 8, roundEnds)
	k.flood(k.fall(486, 90, 0.22, 0.28))
	k.end()
	peak := ring(pt{600, 186}, pt{760, 172}, pt{868, 128}, pt{884, 70}, pt{800, 44}, pt{600, 66}, pt{400, 44}, pt{316, 70}, pt{332, 128}, pt{440, 172})
	k.fill(peak.shifted(0, -12), darker(k.Lining, 0.3))
	k.fill(peak, k.Overlay)
	inner := peak.mapped(func(p pt) pt { return pt{600 + (p.x-600)*0.93, 124 + (p.y-124)*0.78} })
	k.stroke(inner, apart(k.Overlay, k.Overlay, 0.25), 3, "stroke-dasharray='9 6'")
	k.stroke(smooth(pt{360, 136}, pt{440, 166}, pt{600, 180}, pt{760, 166}, pt{840, 136}), "#fffdf6", 6, roundEnds, "opacity='.28'")
	k.ellipse(pt{600, 488}, 24, 10, k.Accent)
}
