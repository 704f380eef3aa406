package demo

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"longrun/internal/demo/drawn"
)

// everyProduct calls f with each style in each of its colourways.
func everyProduct(f func(s Style, c Colourway)) {
	for _, s := range Styles() {
		for _, c := range s.Colourways {
			f(s, c)
		}
	}
}

func TestTheShopIsAsLargeAsItShouldBe(t *testing.T) {
	products, variants := 0, 0
	everyProduct(func(s Style, c Colourway) {
		n := len(s.Variants(c))
		if n == 0 || n > 60 {
			t.Errorf("%s has %d variants", s.Handle(c), n)
		}
		products, variants = products+1, variants+n
	})
	if n := len(Styles()); n < 14 {
		t.Errorf("%d styles, want 14 or more", n)
	}
	if products < 28 || variants > 900 {
		t.Errorf("%d products with %d variants, want about 30 with at most 900", products, variants)
	}
	if n := len(Collections()); n != 6 {
		t.Errorf("%d collections, want 6", n)
	}
}

var handle = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)

func TestHandlesSKUsAndPictureNamesAreUnique(t *testing.T) {
	seen := map[string]string{}
	take := func(kind, name string) {
		if other, ok := seen[name]; ok {
			t.Errorf("%s %s is also a %s", kind, name, other)
		}
		seen[name] = kind
	}
	checkHandle := func(name string) {
		take("handle", name)
		if !handle.MatchString(name) {
			t.Errorf("handle %q", name)
		}
	}
	everyProduct(func(s Style, c Colourway) {
		checkHandle(s.Handle(c))
		for _, v := range s.Variants(c) {
			take("SKU", v.SKU)
		}
		for _, p := range s.Pictures(c) {
			take("picture", p.Name)
		}
	})
	for _, a := range Accessories() {
		checkHandle(a.Handle)
		for _, v := range a.Variants() {
			take("SKU", v.SKU)
		}
		for _, p := range a.Pictures() {
			take("picture", p.Name)
		}
	}
	for _, s := range Styles() {
		take("family", s.Family)
		if !strings.HasPrefix(s.Family, slug(s.Maker)+"-") {
			t.Errorf("family %s is not of %s", s.Family, s.Maker)
		}
	}
}

func TestPricesLieInTheirRangeAndSalesAreSales(t *testing.T) {
	sales := 0
	everyProduct(func(s Style, c Colourway) {
		for _, v := range s.Variants(c) {
			if v.Cents < 6000 || v.Cents > 26000 {
				t.Errorf("%s costs %d cents", v.SKU, v.Cents)
			}
			if v.CompareAtCents != 0 && v.CompareAtCents <= v.Cents {
				t.Errorf("%s: %d cents in place of %d is no sale", v.SKU, v.Cents, v.CompareAtCents)
			}
		}
		if c.SaleCents > 0 {
			sales++
		}
	})
	if sales < 3 {
		t.Errorf("%d products on sale", sales)
	}
	for _, a := range Accessories() {
		if a.Cents <= 0 || a.Cents >= 2500 {
			t.Errorf("%s costs %d cents, want less than 2500", a.Handle, a.Cents)
		}
	}
}

func TestFactsAreBelievable(t *testing.T) {
	within := func(s Style, what string, got, low, high int) {
		if got < low || got > high {
			t.Errorf("%s: %s is %d, want %d to %d", s.Family, what, got, low, high)
		}
	}
	oneOf := func(s Style, what, got string, words ...string) {
		for _, w := range words {
			if got == w {
				return
			}
		}
		t.Errorf("%s: %s is %q", s.Family, what, got)
	}
	month := regexp.MustCompile(`^202[345]-(0[1-9]|1[0-2])$`)
	for _, s := range Styles() {
		within(s, "drop", s.DropMM(), 0, 12)
		within(s, "weight", s.WeightGrams, 100, 350)
		within(s, "colourways", len(s.Colourways), 1, 4)
		oneOf(s, "gender", s.Gender, Men, Women, Unisex)
		oneOf(s, "surface", s.Surface, "road", "trail", "track")
		oneOf(s, "support", s.Support, "neutral", "stability")
		oneOf(s, "cushioning", s.Cushioning, "firm", "balanced", "soft", "plush")
		if !month.MatchString(s.Released) {
			t.Errorf("%s was released in %q", s.Family, s.Released)
		}
		if (s.Kind == drawn.Stability) != (s.Support == "stability") || (s.Kind == drawn.Trail) != (s.Surface == "trail") ||
			(s.Kind == drawn.Spike) != (s.Surface == "track") {
			t.Errorf("%s is drawn as kind %d but said to be %s, %s", s.Family, s.Kind, s.Surface, s.Support)
		}
	}
}

func TestEveryPictureCanBeDrawn(t *testing.T) {
	everyProduct(func(s Style, c Colourway) {
		if err := s.Spec(c).Check(); err != nil {
			t.Fatalf("%s: %v", s.Handle(c), err)
		}
		checkPictures(t, s.Pictures(c), 3)
	})
	for _, a := range Accessories() {
		checkPictures(t, a.Pictures(), 2)
	}
}

func checkPictures(t *testing.T, pictures []Picture, least int) {
	t.Helper()
	if len(pictures) < least {
		t.Errorf("%s: %d pictures, want %d", pictures[0].Name, len(pictures), least)
	}
	for _, p := range pictures {
		doc := p.Draw()
		if p.Alt == "" || len(doc) > 12<<10 {
			t.Errorf("%s: alt %q, %d bytes", p.Name, p.Alt, len(doc))
		}
		wellFormed(t, p.Name, string(doc))
	}
}

func wellFormed(t *testing.T, name, doc string) {
	t.Helper()
	for dec := xml.NewDecoder(strings.NewReader(doc)); ; {
		if _, err := dec.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestWordsAreThereAndFitSearchEngines(t *testing.T) {
	everyProduct(func(s Style, c Colourway) {
		if n := utf8.RuneCountInString(s.SEOTitle(c)); n > 70 {
			t.Errorf("%s: SEO title of %d characters", s.Handle(c), n)
		}
	})
	for _, s := range Styles() {
		if n := utf8.RuneCountInString(s.SEODescription()); n < 70 || n > 160 {
			t.Errorf("%s: SEO description of %d characters", s.Family, n)
		}
		if n := strings.Count(s.HTML, "<p>"); n < 2 || n > 3 || len(s.HTML) < 500 {
			t.Errorf("%s: description of %d paragraphs and %d bytes", s.Family, n, len(s.HTML))
		}
		if s.FitNote == "" {
			t.Errorf("%s has no fit note", s.Family)
		}
		wellFormed(t, s.Family, "<div>"+s.HTML+"</div>")
	}
	for _, a := range Accessories() {
		wellFormed(t, a.Handle, "<div>"+a.HTML+"</div>")
	}
}
