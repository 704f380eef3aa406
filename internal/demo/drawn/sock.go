package drawn

import "fmt"

// SockHeight is how far a sock comes up the leg.
type SockHeight int

// The heights of socks.
const (
	Ankle SockHeight = iota
	Crew
)

// SockView is the way in which socks lie for their picture.
type SockView int

// The views of socks: a pair side by side, and one alone.
const (
	SockPair SockView = iota
	SockSingle
)

// Socks draws a pair of running socks, or one of them, as a complete SVG document. Upper is the cloth,
// Overlay heel and toe, Accent the bands, Lining the ribs of the cuff. It panics when the palette fails Check.
func Socks(p Palette, tall SockHeight, v SockView) []byte {
	if err := p.Check(); err != nil {
		panic(err)
	}
	c := newCanvas(p.Backdrop, true)
	c.ground = 760
	k := &sock{canvas: c, Palette: p, cuff: 470}
	if tall == Crew {
		k.cuff = 640
	}
	k.layOut()
	if v == SockPair {
		c.group("transform='translate(170 -70)'")
		k.draw()
		c.end()
		c.group("transform='translate(-10 30)'")
	} else {
		c.group("transform='translate(80 0)'")
	}
	k.draw()
	c.end()
	return c.document()
}

type sock struct {
	*canvas
	Palette
	cuff  float64 // height of the upper edge
	shape curve
}

func (k *sock) layOut() {
	top := k.cuff
	leg := smooth(pt{230, top}, pt{232, 380}, pt{236, 290}, pt{214, 200}, pt{226, 118}, pt{290, 76}, pt{400, 84}, pt{560, 78},
		pt{730, 66}, pt{812, 96}, pt{828, 152}, pt{776, 208}, pt{640, 246}, pt{520, 296}, pt{450, 372}, pt{434, top - 56}, pt{434, top})
	k.shape = leg.then(smooth(pt{434, top}, pt{332, top + 12}, pt{230, top}))
}

func (k *sock) draw() {
	top := k.cuff
	k.fill(k.shape.shifted(16, -20), "#0d1226", "opacity='.16'")
	k.clip(k.shape)
	k.flood(k.Upper)
	tone := apart(k.Upper, k.Upper, 0.22)
	k.flood(k.pattern(9, 9, 0, fmt.Sprintf("<path d='M0 2l4.500 4 4.500-4' fill='none' stroke='%s' stroke-width='1.500' opacity='.45'/>", tone)))
	heel := smooth(pt{180, 300}, pt{300, 250}, pt{372, 170}, pt{380, 40})
	toe := smooth(pt{690, 280}, pt{672, 180}, pt{690, 40})
	k.fill(heel.then(lines(pt{180, 40})), k.Overlay)
	k.fill(toe.then(lines(pt{900, 40}, pt{900, 280})), k.Overlay)
	k.strokes([]curve{heel, toe}, apart(k.Overlay, k.Overlay, 0.25), 4, "stroke-dasharray='9 6'")
	k.bands()
	var ribs []curve
	for i := range 14 {
		x := 236 + 15*float64(i)
		ribs = append(ribs, lines(pt{x, top + 20}, pt{x, top - 58}))
	}
	k.fill(lines(pt{200, top + 20}, pt{460, top + 20}, pt{460, top - 60}, pt{200, top - 60}), k.Lining)
	k.strokes(ribs, apart(k.Lining, k.Lining, 0.2), 5)
	k.stroke(smooth(pt{214, top - 62}, pt{332, top - 54}, pt{450, top - 62}), "#0d1226", 6, "opacity='.2'")
	k.flood(k.fall(top, 60, 0.1, 0.2))
	k.fill(smooth(pt{200, top}, pt{262, top - 100}, pt{268, 300}, pt{250, 190}, pt{300, 112}, pt{560, 112}, pt{760, 100}, pt{860, 150}).
		then(lines(pt{860, 30}, pt{180, 30}, pt{180, top})), "#0d1226", "opacity='.1'")
	k.end()
}

// bands hold the arch, and stand below the cuff.
func (k *sock) bands() {
	var arch []curve
	for i := range 5 {
		x := 452 + 38*float64(i)
		arch = append(arch, smooth(pt{x - 46, 60}, pt{x, 160}, pt{x + 40, 320}))
	}
	k.strokes(arch, mix(k.Overlay, k.Upper, 0.55), 13)
	y := k.cuff - 96
	k.stroke(smooth(pt{200, y}, pt{332, y + 10}, pt{460, y}), k.Accent, 24)
	k.stroke(smooth(pt{200, y - 34}, pt{332, y - 24}, pt{460, y - 34}), k.Overlay, 9)
}
