package drawn

import (
	"fmt"
	"strings"
)

const (
	width  = 1200
	height = 900
)

// canvas collects the shapes of one document. Points are given in the units of the document, y upwards from
// the ground line.
type canvas struct {
	defs, body strings.Builder
	ground     float64
	ids        int
}

// newCanvas paints the wall, and the floor in front of it. Seen from above there is only the floor.
func newCanvas(backdrop string, fromAbove bool) *canvas {
	c := &canvas{ground: 700}
	stops := []stop{{0, lighter(backdrop, 0.16), 1}, {0.72, backdrop, 1}, {0.721, darker(backdrop, 0.05), 1}, {1, lighter(backdrop, 0.06), 1}}
	if fromAbove {
		stops = []stop{{0, lighter(backdrop, 0.14), 1}, {1, darker(backdrop, 0.03), 1}}
	}
	wall := c.gradient("x1='0' y1='0' x2='0' y2='1'", stops...)
	fmt.Fprintf(&c.body, "<rect width='%d' height='%d' fill='%s'/>", width, height, wall)
	return c
}

func (c *canvas) document() []byte {
	return fmt.Appendf(nil, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'>"+
		"<defs>%s</defs>%s</svg>\n", width, height, width, height, c.defs.String(), c.body.String())
}

func (c *canvas) id() string {
	c.ids++
	return fmt.Sprintf("d%d", c.ids)
}

type stop struct {
	at      float64
	colour  string
	opacity float64
}

// gradient defines a linear gradient, or with an r attribute a radial one, and returns the paint.
func (c *canvas) gradient(attributes string, stops ...stop) string {
	kind, id := "linearGradient", c.id()
	if strings.Contains(attributes, " r=") {
		kind = "radialGradient"
	}
	fmt.Fprintf(&c.defs, "<%s id='%s' %s>", kind, id, attributes)
	for _, s := range stops {
		fmt.Fprintf(&c.defs, "<stop offset='%g' stop-color='%s'", s.at, s.colour)
		if s.opacity < 1 {
			fmt.Fprintf(&c.defs, " stop-opacity='%g'", s.opacity)
		}
		c.defs.WriteString("/>")
	}
	fmt.Fprintf(&c.defs, "</%s>", kind)
	return "url(#" + id + ")"
}

// pattern defines a repeating tile and returns the paint.
func (c *canvas) pattern(w, h, turn float64, tile string) string {
	id := c.id()
	fmt.Fprintf(&c.defs, "<pattern id='%s' width='%g' height='%g' patternUnits='userSpaceOnUse' "+
		"patternTransform='rotate(%g)'>%s</pattern>", id, w, h, turn, tile)
	return "url(#" + id + ")"
}

// clip begins a group of which only what lies inside the curve is seen.
func (c *canvas) clip(p curve) {
	id := c.id()
	fmt.Fprintf(&c.defs, "<clipPath id='%s'><path d='%sZ'/></clipPath>", id, p.d(c.ground))
	fmt.Fprintf(&c.body, "<g clip-path='url(#%s)'>", id)
}

func (c *canvas) group(attributes string) { fmt.Fprintf(&c.body, "<g %s>", attributes) }
func (c *canvas) end()                    { c.body.WriteString("</g>") }

func (c *canvas) fill(p curve, paint string, attributes ...string) {
	fmt.Fprintf(&c.body, "<path d='%sZ' fill='%s'%s/>", p.d(c.ground), paint, joined(attributes))
}

func (c *canvas) stroke(p curve, paint string, wide float64, attributes ...string) {
	fmt.Fprintf(&c.body, "<path d='%s' fill='none' stroke='%s' stroke-width='%s'%s/>",
		p.d(c.ground), paint, number(wide), joined(attributes))
}

// flood covers everything, within the clip that is in force.
func (c *canvas) flood(paint string, attributes ...string) {
	fmt.Fprintf(&c.body, "<rect x='-200' width='1600' height='%d' fill='%s'%s/>", height, paint, joined(attributes))
}

// strokes draws several curves alike, as one shape.
func (c *canvas) strokes(curves []curve, paint string, wide float64, attributes ...string) {
	var d strings.Builder
	for _, p := range curves {
		d.WriteString(p.d(c.ground))
	}
	fmt.Fprintf(&c.body, "<path d='%s' fill='none' stroke='%s' stroke-width='%s'%s/>",
		d.String(), paint, number(wide), joined(attributes))
}

// dots draws points of one size, as one shape.
func (c *canvas) dots(points []pt, r float64, paint string) {
	var d strings.Builder
	for _, p := range points {
		fmt.Fprintf(&d, "M%d %dh0", whole(p.x), whole(c.ground-p.y))
	}
	fmt.Fprintf(&c.body, "<path d='%s' stroke='%s' stroke-width='%s' stroke-linecap='round'/>", d.String(), paint, number(2*r))
}

// fall is the paint of a light that fades from one height to another, into shade.
func (c *canvas) fall(from, to, light, shade float64) string {
	axis := fmt.Sprintf("x1='0' x2='0' y1='%s' y2='%s' gradientUnits='userSpaceOnUse'", number(c.ground-from), number(c.ground-to))
	return c.gradient(axis, stop{0, "#fffdf6", light}, stop{0.42, "#fffdf6", 0}, stop{0.58, "#0d1226", 0}, stop{1, "#0d1226", shade})
}

func (c *canvas) dot(at pt, r float64, paint string, attributes ...string) {
	fmt.Fprintf(&c.body, "<circle cx='%s' cy='%s' r='%s' fill='%s'%s/>",
		number(at.x), number(c.ground-at.y), number(r), paint, joined(attributes))
}

func (c *canvas) ellipse(at pt, rx, ry float64, paint string) {
	fmt.Fprintf(&c.body, "<ellipse cx='%s' cy='%s' rx='%s' ry='%s' fill='%s'/>",
		number(at.x), number(c.ground-at.y), number(rx), number(ry), paint)
}

// shadow lays a soft shadow on the ground.
func (c *canvas) shadow(at pt, rx, ry, depth float64) {
	paint := c.gradient("cx='.5' cy='.5' r='.5'", stop{0, "#0d1226", depth}, stop{0.55, "#0d1226", depth * 0.55},
		stop{1, "#0d1226", 0})
	c.ellipse(at, rx, ry, paint)
}

func joined(attributes []string) string {
	if len(attributes) == 0 {
		return ""
	}
	return " " + strings.Join(attributes, " ")
}

const (
	roundEnds = "stroke-linecap='round' stroke-linejoin='round'"
	faint     = "opacity='.35'"
)
