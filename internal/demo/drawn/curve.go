package drawn

import (
	"math"
	"strconv"
)

// pt is a point of the drawing. Parts are laid out with y upwards from the ground, as shoes stand.
type pt struct{ x, y float64 }

func (p pt) plus(q pt) pt           { return pt{p.x + q.x, p.y + q.y} }
func (p pt) minus(q pt) pt          { return pt{p.x - q.x, p.y - q.y} }
func (p pt) times(k float64) pt     { return pt{p.x * k, p.y * k} }
func (p pt) to(q pt, at float64) pt { return p.plus(q.minus(p).times(at)) }
func (p pt) length() float64        { return math.Hypot(p.x, p.y) }

// curve is a chain of cubic Bézier pieces.
type curve struct {
	start pt
	piece [][3]pt
}

// smooth is the curve through the points. Its tangent at a point follows the neighbours, and its handles are
// a third as long as the way to each of them, so it neither overshoots nor kinks where points lie unevenly.
func smooth(points ...pt) curve {
	tangent := make([]pt, len(points))
	for i := range points {
		before, after := points[max(i-1, 0)], points[min(i+1, len(points)-1)]
		if d := after.minus(before); d.length() > 0 {
			tangent[i] = d.times(1 / d.length())
		}
	}
	c := curve{start: points[0]}
	for i := 1; i < len(points); i++ {
		reach := points[i].minus(points[i-1]).length() * 0.35
		c.piece = append(c.piece, [3]pt{
			points[i-1].plus(tangent[i-1].times(reach)),
			points[i].minus(tangent[i].times(reach)), points[i],
		})
	}
	return c
}

// ring is the closed smooth curve through the points.
func ring(points ...pt) curve {
	n := len(points)
	wrapped := append([]pt{points[n-1]}, points...)
	c := smooth(append(wrapped, points[0], points[1])...)
	return curve{start: points[0], piece: c.piece[1 : n+1]}
}

// lines is the open polygon through the points.
func lines(points ...pt) curve {
	c := curve{start: points[0]}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		c.piece = append(c.piece, [3]pt{a.to(b, 1.0/3), a.to(b, 2.0/3), b})
	}
	return c
}

// pieces is the part of the curve from one of its points to a later one.
func (c curve) pieces(from, to int) curve {
	start := c.start
	if from > 0 {
		start = c.piece[from-1][2]
	}
	return curve{start: start, piece: c.piece[from:to]}
}

func (c curve) end() pt {
	if len(c.piece) == 0 {
		return c.start
	}
	return c.piece[len(c.piece)-1][2]
}

// then goes on with another curve, over a straight line where they do not meet.
func (c curve) then(next curve) curve {
	out := curve{start: c.start, piece: append([][3]pt{}, c.piece...)}
	if gap := next.start.minus(c.end()); gap.length() > 0.5 {
		out.piece = append(out.piece, lines(c.end(), next.start).piece...)
	}
	out.piece = append(out.piece, next.piece...)
	return out
}

func (c curve) reversed() curve {
	out := curve{start: c.end()}
	for i := len(c.piece) - 1; i >= 0; i-- {
		from := c.start
		if i > 0 {
			from = c.piece[i-1][2]
		}
		out.piece = append(out.piece, [3]pt{c.piece[i][1], c.piece[i][0], from})
	}
	return out
}

// mapped moves every point and handle of the curve.
func (c curve) mapped(move func(pt) pt) curve {
	out := curve{start: move(c.start)}
	for _, p := range c.piece {
		out.piece = append(out.piece, [3]pt{move(p[0]), move(p[1]), move(p[2])})
	}
	return out
}

func (c curve) shifted(dx, dy float64) curve {
	return c.mapped(func(p pt) pt { return pt{p.x + dx, p.y + dy} })
}

func (c curve) mirrored() curve {
	return c.mapped(func(p pt) pt { return pt{-p.x, p.y} })
}

// at gives the point a share of the way along the curve, counted in pieces, and the direction there.
func (c curve) at(share float64) (where, direction pt) {
	whole := share * float64(len(c.piece))
	i := min(max(int(whole), 0), len(c.piece)-1)
	t := whole - float64(i)
	a := c.start
	if i > 0 {
		a = c.piece[i-1][2]
	}
	p := c.piece[i]
	ab, bc, cd := a.to(p[0], t), p[0].to(p[1], t), p[1].to(p[2], t)
	left, right := ab.to(bc, t), bc.to(cd, t)
	d := right.minus(left)
	if d.length() == 0 {
		d = p[2].minus(a)
	}
	return left.to(right, t), d.times(1 / d.length())
}

// d writes the curve as path data, y downwards from the ground line. Points are whole units and written
// relative to each other, which keeps a picture to a few kilobytes; the rounding does not add up.
func (c curve) d(ground float64) string {
	b := []byte{'M'}
	at := [2]int{whole(c.start.x), whole(ground - c.start.y)}
	b = appendPair(b, at[0], at[1])
	from := c.start
	for _, p := range c.piece {
		end := [2]int{whole(p[2].x), whole(ground - p[2].y)}
		if straight(from, p) {
			b = appendPair(append(b, 'l'), end[0]-at[0], end[1]-at[1])
		} else {
			b = append(b, 'c')
			for i, q := range p {
				if i > 0 {
					b = append(b, ' ')
				}
				b = appendPair(b, whole(q.x)-at[0], whole(ground-q.y)-at[1])
			}
		}
		at, from = end, p[2]
	}
	return string(b)
}

func straight(from pt, p [3]pt) bool {
	return from.to(p[2], 1.0/3).minus(p[0]).length() < 0.01 && from.to(p[2], 2.0/3).minus(p[1]).length() < 0.01
}

func whole(v float64) int { return int(math.Round(v)) }

func appendPair(b []byte, x, y int) []byte {
	b = strconv.AppendInt(b, int64(x), 10)
	if y >= 0 {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(y), 10)
}

// number writes a length to a tenth, which is finer than any screen shows it.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64)
}
