package drawn

import (
	"fmt"
	"strconv"
)

// Check returns an error that names the first colour that is not written #rrggbb.
func (p Palette) Check() error {
	for _, part := range []struct{ name, colour string }{
		{"upper", p.Upper}, {"overlay", p.Overlay}, {"accent", p.Accent}, {"midsole", p.Midsole},
		{"outsole", p.Outsole}, {"lace", p.Lace}, {"lining", p.Lining}, {"backdrop", p.Backdrop},
	} {
		if _, err := parse(part.colour); err != nil {
			return fmt.Errorf("drawn: %s: %w", part.name, err)
		}
	}
	return nil
}

type rgb [3]float64

func parse(colour string) (rgb, error) {
	if len(colour) != 7 || colour[0] != '#' {
		return rgb{}, fmt.Errorf("colour %q is not #rrggbb", colour)
	}
	n, err := strconv.ParseUint(colour[1:], 16, 24)
	if err != nil {
		return rgb{}, fmt.Errorf("colour %q is not #rrggbb", colour)
	}
	return rgb{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255)}, nil
}

// mix goes from colour a to colour b; at 0 it is a, at 1 it is b.
func mix(a, b string, at float64) string {
	from, errFrom := parse(a)
	to, errTo := parse(b)
	if errFrom != nil || errTo != nil {
		panic("drawn: colours are checked before drawing")
	}
	var out [3]int
	for i := range out {
		out[i] = int(from[i] + (to[i]-from[i])*at + 0.5)
	}
	return fmt.Sprintf("#%02x%02x%02x", out[0], out[1], out[2])
}

// Shadows go towards a blue black and lights towards a warm white: a grey shadow would dull the colours.
func darker(colour string, by float64) string  { return mix(colour, "#0d1226", by) }
func lighter(colour string, by float64) string { return mix(colour, "#fffdf6", by) }

// luminance tells how light a colour looks, from 0 to 1.
func luminance(colour string) float64 {
	c, err := parse(colour)
	if err != nil {
		return 0
	}
	return (0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]) / 255
}

// apart shifts a colour away from another that it lies on, so that a white part on white foam keeps its edge.
func apart(colour, on string, by float64) string {
	if luminance(on) > 0.5 {
		return darker(colour, by)
	}
	return lighter(colour, by)
}
