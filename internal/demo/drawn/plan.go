package drawn

// plan is the outline of a right shoe as seen from above: heel at the origin, toe upwards, the inner side on
// the left.
type plan struct {
	wide     float64 // breadth, as a share of an everyday shoe's
	overhang float64 // how far the foam shows around the upper
}

func planOf(k Kind) plan {
	return [...]plan{
		Daily: {1, 11}, Cushioned: {1.05, 17}, Racer: {0.95, 15},
		Stability: {1.05, 13}, Trail: {1.04, 9}, Spike: {0.88, 3},
	}[k]
}

// outline is the edge of the sole, drawn in by so many units.
func (p plan) outline(in float64) curve {
	k := func(x, y float64) pt {
		side := 1.0
		if x < 0 {
			side = -1
		}
		return pt{x*p.wide - side*in, y + in*(1-y/380)}
	}
	return ring(pt{0, in}, k(62, 18), k(94, 92), k(97, 200), k(110, 330), k(134, 468), k(131, 580), k(108, 676), k(58, 742),
		pt{-14 * p.wide, 762 - in}, k(-76, 742), k(-114, 668), k(-127, 540), k(-102, 410), k(-82, 300), k(-84, 190), k(-89, 92), k(-60, 18))
}
