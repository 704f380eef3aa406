package drawn

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckNamesWhatCannotBeDrawn(t *testing.T) {
	tests := []struct {
		name   string
		change func(*ShoeSpec)
		want   string
	}{
		{"a whole specification passes", func(*ShoeSpec) {}, ""},
		{"a kind that does not exist", func(s *ShoeSpec) { s.Kind = 6 }, "unknown kind 6"},
		{"a pattern that does not exist", func(s *ShoeSpec) { s.Pattern = -1 }, "unknown pattern -1"},
		{"a heel without foam", func(s *ShoeSpec) { s.HeelStack = 0 }, "heel stack of 0 mm"},
		{"a heel like a tower", func(s *ShoeSpec) { s.HeelStack = 51 }, "heel stack of 51 mm"},
		{"a forefoot above the heel", func(s *ShoeSpec) { s.ForefootStack = 40 }, "forefoot stack of 40 mm"},
		{"a colour by name", func(s *ShoeSpec) { s.Palette.Lace = "white" }, `lace: colour "white" is not #rrggbb`},
		{"a colour without its mark", func(s *ShoeSpec) { s.Palette.Lining = "1234567" }, `lining: colour "1234567"`},
		{"a colour with a wrong digit", func(s *ShoeSpec) { s.Palette.Upper = "#12345g" }, `upper: colour "#12345g"`},
		{"a colour that would close the attribute", func(s *ShoeSpec) { s.Palette.Accent = "#0'/><a" }, `accent: colour`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := specOf(Daily, Sunrise)
			test.change(&s)
			got := ""
			if err := s.Check(); err != nil {
				got = err.Error()
			}
			if test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAShoeThatCannotBeDrawnPanics(t *testing.T) {
	bad := specOf(Daily, Sunrise)
	bad.Palette.Midsole = ""
	tests := []struct {
		name string
		draw func()
	}{
		{"a colour that is missing", func() { Shoe(bad, Lateral) }},
		{"a view that does not exist", func() { Shoe(specOf(Daily, Sunrise), View(9)) }},
		{"socks without colour", func() { Socks(Palette{}, Crew, SockPair) }},
		{"a cap without colour", func() { Cap(Palette{}, CapSide) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it was drawn")
				}
			}()
			test.draw()
		})
	}
}

func TestColoursMixAndMoveApart(t *testing.T) {
	got := []string{mix("#000000", "#ffffff", 0), mix("#000000", "#ffffff", 0.5), mix("#000000", "#ffffff", 1), mix("#ff0000", "#0000ff", 0.25)}
	if diff := cmp.Diff([]string{"#000000", "#808080", "#ffffff", "#bf0040"}, got); diff != "" {
		t.Error(diff)
	}
	if c := apart("#ffffff", "#ffffff", 0.3); luminance(c) > 0.8 {
		t.Errorf("on white foam a white part became %s", c)
	}
	if c := apart("#101010", "#101010", 0.3); luminance(c) < 0.2 {
		t.Errorf("on black cloth a black part became %s", c)
	}
}
