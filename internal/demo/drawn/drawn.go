// Package drawn draws the demo shop's pictures: running shoes, socks and a cap as vector art, put together
// from parts (upper, overlay, midsole, outsole, laces, heel) in the colours of a colourway.
//
// Every picture is a standalone SVG document of 1200 by 900 units. It holds shapes and presentation
// attributes only: no text, script, style or reference outside itself, so any content security policy shows
// it. The same specification always gives the same bytes.
package drawn

import "fmt"

// Kind is what a shoe is for. It decides the silhouette, the sole and the outsole.
type Kind int

// The kinds of shoe. Their zero value is an everyday road trainer.
const (
	Daily Kind = iota
	Cushioned
	Racer
	Stability
	Trail
	Spike
)

// Kinds returns every kind, in the order of their constants.
func Kinds() []Kind { return []Kind{Daily, Cushioned, Racer, Stability, Trail, Spike} }

// Pattern is the overlay on the side of the upper, by which the shoes of one maker know each other.
type Pattern int

// The overlay patterns. None of them is a letter or a badge.
const (
	Sunrise Pattern = iota
	Rays
	Ridge
	Feather
	Contour
	Saddle
)

// Patterns returns every overlay pattern, in the order of their constants.
func Patterns() []Pattern { return []Pattern{Sunrise, Rays, Ridge, Feather, Contour, Saddle} }

// View is the side from which a shoe is seen.
type View int

// The views, in the order in which a product page shows them.
const (
	Lateral View = iota
	Top
	Heel
	Medial
	Sole
)

// Views returns every view, in the order in which a product page shows them.
func Views() []View { return []View{Lateral, Top, Heel, Medial, Sole} }

// String names the view in a lower-case word that can stand in a file name.
func (v View) String() string {
	return [...]string{"lateral", "top", "heel", "medial", "sole"}[v]
}

// Palette is the colours of one colourway, each written #rrggbb.
type Palette struct {
	Upper    string // the knit or mesh
	Overlay  string // the pattern on the side, heel counter and eyestay
	Accent   string // heel tab, plate and small parts
	Midsole  string // the foam
	Outsole  string // the rubber
	Lace     string
	Lining   string // collar, tongue and inside
	Backdrop string // the wall behind the shoe
}

// ShoeSpec says which shoe to draw. Stacks are heights of the sole in millimetres, from 5 to 50.
type ShoeSpec struct {
	Kind          Kind
	Pattern       Pattern
	HeelStack     int
	ForefootStack int
	Palette       Palette
}

// Check returns an error that names the first field with which no shoe can be drawn.
func (s ShoeSpec) Check() error {
	switch {
	case s.Kind < Daily || s.Kind > Spike:
		return fmt.Errorf("drawn: unknown kind %d", s.Kind)
	case s.Pattern < Sunrise || s.Pattern > Saddle:
		return fmt.Errorf("drawn: unknown pattern %d", s.Pattern)
	case s.HeelStack < 5 || s.HeelStack > 50:
		return fmt.Errorf("drawn: heel stack of %d mm", s.HeelStack)
	case s.ForefootStack < 5 || s.ForefootStack > s.HeelStack:
		return fmt.Errorf("drawn: forefoot stack of %d mm", s.ForefootStack)
	}
	return s.Palette.Check()
}

// Shoe draws the shoe from one side as a complete SVG document. It panics when the specification fails Check
// or the view is unknown: specifications are part of the program, not input.
func Shoe(s ShoeSpec, v View) []byte {
	if err := s.Check(); err != nil {
		panic(err)
	}
	c := newCanvas(s.Palette.Backdrop, v == Top || v == Sole)
	switch v {
	case Lateral:
		drawSide(c, s, false)
	case Medial:
		drawSide(c, s, true)
	case Top:
		drawTop(c, s)
	case Heel:
		drawHeel(c, s)
	case Sole:
		drawSole(c, s)
	default:
		panic(fmt.Sprintf("drawn: unknown view %d", v))
	}
	return c.document()
}
