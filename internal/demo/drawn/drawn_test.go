package drawn

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

var plain = Palette{
	Upper: "#f1ede2", Overlay: "#1e6472", Accent: "#f2663b", Midsole: "#fbf8f0",
	Outsole: "#22323b", Lace: "#fbfaf5", Lining: "#1e6472", Backdrop: "#cfdcd9",
}

func specOf(k Kind, p Pattern) ShoeSpec {
	stacks := map[Kind][2]int{Daily: {34, 26}, Cushioned: {45, 39}, Racer: {39, 31}, Stability: {36, 28}, Trail: {31, 25}, Spike: {14, 11}}
	return ShoeSpec{Kind: k, Pattern: p, HeelStack: stacks[k][0], ForefootStack: stacks[k][1], Palette: plain}
}

// everyShoe calls f with each kind in each pattern from each side.
func everyShoe(f func(name string, s ShoeSpec, v View)) {
	for _, k := range Kinds() {
		for _, p := range Patterns() {
			for _, v := range Views() {
				f(fmt.Sprintf("kind %d pattern %d %s", k, p, v), specOf(k, p), v)
			}
		}
	}
}

func TestEveryShoeIsASmallSafeDocument(t *testing.T) {
	everyShoe(func(name string, s ShoeSpec, v View) {
		checkDocument(t, name, Shoe(s, v))
	})
}

func TestSocksAndCapsAreSmallSafeDocuments(t *testing.T) {
	for _, tall := range []SockHeight{Ankle, Crew} {
		for _, v := range []SockView{SockPair, SockSingle} {
			checkDocument(t, fmt.Sprintf("socks %d %d", tall, v), Socks(plain, tall, v))
		}
	}
	for _, v := range []CapView{CapSide, CapFront} {
		checkDocument(t, fmt.Sprintf("cap %d", v), Cap(plain, v))
	}
}

// allowed are the elements that a picture may hold: nothing that runs, loads, links or writes.
var allowed = []string{"svg", "defs", "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "g", "path",
	"rect", "circle", "ellipse", "use"}

func checkDocument(t *testing.T, name string, doc []byte) {
	t.Helper()
	if len(doc) > 12<<10 {
		t.Errorf("%s: %d bytes, want at most 12 KB", name, len(doc))
	}
	if bytes.Contains(doc, []byte("NaN")) || bytes.Contains(doc, []byte("Inf")) {
		t.Errorf("%s: a coordinate is not a number", name)
	}
	if problems := unsafeParts(doc); len(problems) > 0 {
		t.Errorf("%s: %s", name, strings.Join(problems, "; "))
	}
}

// unsafeParts lists what a strict content security policy or an XML reader would refuse.
func unsafeParts(doc []byte) []string {
	var problems []string
	ids, used := map[string]bool{}, map[string]bool{}
	dec := xml.NewDecoder(bytes.NewReader(doc))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return append(problems, err.Error())
		}
		el, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains(allowed, el.Name.Local) {
			problems = append(problems, "element "+el.Name.Local)
		}
		for _, a := range el.Attr {
			problems = append(problems, unsafeAttribute(a, ids, used)...)
		}
	}
	for id := range used {
		if !ids[id] {
			problems = append(problems, "reference to nothing: "+id)
		}
	}
	return problems
}

func unsafeAttribute(a xml.Attr, ids, used map[string]bool) []string {
	name, value := a.Name.Local, a.Value
	switch {
	case name == "id":
		if ids[value] {
			return []string{"id twice: " + value}
		}
		ids[value] = true
	case name == "href" && strings.HasPrefix(value, "#"):
		used[value[1:]] = true
	case strings.HasPrefix(value, "url(#"):
		used[strings.TrimSuffix(value[5:], ")")] = true
	case name == "xmlns" && value == "http://www.w3.org/2000/svg":
	case name == "style", name == "href", strings.HasPrefix(name, "on"), strings.Contains(value, ":"):
		return []string{"attribute " + name + "=" + value}
	}
	return nil
}

func TestUnsafePartsAreFound(t *testing.T) {
	tests := []struct{ name, doc string }{
		{"a script", `<svg><script/></svg>`},
		{"a style attribute", `<svg><g style='fill:red'/></svg>`},
		{"a handler", `<svg onload='x()'/>`},
		{"a reference to another place", `<svg><use href='https://example.com/a.svg#b'/></svg>`},
		{"a reference to nothing", `<svg><rect fill='url(#d9)'/></svg>`},
		{"an id that stands twice", `<svg><g id='a'/><g id='a'/></svg>`},
		{"text", `<svg><text>shoe</text></svg>`},
		{"an element that is not closed", `<svg><g></svg>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if len(unsafeParts([]byte(test.doc))) == 0 {
				t.Errorf("nothing found in %s", test.doc)
			}
		})
	}
}

func TestTheSameShoeIsDrawnAlikeEachTime(t *testing.T) {
	everyShoe(func(name string, s ShoeSpec, v View) {
		if !bytes.Equal(Shoe(s, v), Shoe(s, v)) {
			t.Errorf("%s differs from itself", name)
		}
	})
}

func TestEachKindPatternAndViewLooksDifferent(t *testing.T) {
	seen := map[string]string{}
	everyShoe(func(name string, s ShoeSpec, v View) {
		if v == Sole {
			return // turned over, the overlay is not seen
		}
		doc := string(Shoe(s, v))
		if other, ok := seen[doc]; ok {
			t.Errorf("%s is drawn like %s", name, other)
		}
		seen[doc] = name
	})
}

func TestKindsDifferInOutlineAndNotOnlyInStack(t *testing.T) {
	outlines := map[string]Kind{}
	for _, k := range Kinds() {
		s := specOf(k, Sunrise)
		s.HeelStack, s.ForefootStack = 30, 24
		v := newSide(newCanvas(plain.Backdrop, false), s, false)
		outline := v.upper.d(700) + v.foam.d(700)
		if other, ok := outlines[outline]; ok {
			t.Errorf("kinds %d and %d stand on the same last", k, other)
		}
		outlines[outline] = k
	}
}

func TestAShoeStaysInsideItsPicture(t *testing.T) {
	for _, k := range Kinds() {
		s := specOf(k, Sunrise)
		s.HeelStack, s.ForefootStack = 50, 50
		v := newSide(newCanvas(plain.Backdrop, false), s, false)
		for _, p := range append(v.upper.piece, v.foam.piece...) {
			if x, y := p[2].x+132, 672-p[2].y; x < 40 || x > 1160 || y < 60 || y > 840 {
				t.Errorf("kind %d: point (%.0f, %.0f) leaves the picture", k, x, y)
			}
		}
	}
}
