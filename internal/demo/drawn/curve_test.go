package drawn

import (
	"math"
	"testing"
)

func TestPathDataIsRelativeWholeAndDoesNotDrift(t *testing.T) {
	tests := []struct {
		name string
		c    curve
		want string
	}{
		{"straight lines stay lines", lines(pt{0, 0}, pt{10, 0}, pt{10, -5}), "M0 100l10 0l0 5"},
		{"up is towards the top of the page", lines(pt{0, 0}, pt{0, 100}), "M0 100l0-100"},
		{"a bend is a cubic", ring(pt{0, 0}, pt{100, 0}, pt{50, 100}).pieces(0, 1), "M0 100c16 31 84 31 100 0"},
		{"rounding does not add up", lines(pt{0, 0}, pt{0.4, 0}, pt{0.8, 0}, pt{1.2, 0}), "M0 100l0 0l1 0l0 0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.c.d(100); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestASmoothCurvePassesThroughItsPointsWithoutAKink(t *testing.T) {
	points := []pt{{0, 0}, {40, 90}, {160, 100}, {200, 20}}
	c := smooth(points...)
	for i, p := range points {
		got, _ := c.at(float64(i) / 3)
		if got.minus(p).length() > 0.001 {
			t.Errorf("point %d is at %v, want %v", i, got, p)
		}
	}
	for i := 1; i < 3; i++ {
		_, before := c.at(float64(i)/3 - 1e-6)
		_, after := c.at(float64(i)/3 + 1e-6)
		if turn := math.Abs(before.x*after.y - before.y*after.x); turn > 0.01 {
			t.Errorf("the curve turns by %.3f at point %d", turn, i)
		}
	}
}

func TestARingClosesAndItsPartsJoinUp(t *testing.T) {
	r := ring(pt{0, 0}, pt{100, 0}, pt{100, 100}, pt{0, 100})
	if r.end() != r.start || len(r.piece) != 4 {
		t.Errorf("from %v to %v in %d pieces", r.start, r.end(), len(r.piece))
	}
	front, rest := r.pieces(0, 1), r.pieces(1, 4)
	if front.end() != rest.start || rest.end() != r.start {
		t.Error("the parts do not meet")
	}
	if back := r.reversed().reversed(); back.d(0) != r.d(0) {
		t.Error("turned round twice it is another curve")
	}
	if m := front.mirrored().mirrored(); m.d(0) != front.d(0) {
		t.Error("mirrored twice it is another curve")
	}
}
