package demo

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSizesFollowTheGender(t *testing.T) {
	tests := []struct {
		gender      string
		first, last string
		count       int
	}{
		{Women, "5", "12", 14},
		{Men, "7", "15", 15},
		{Unisex, "5", "13", 17},
	}
	for _, test := range tests {
		t.Run(test.gender, func(t *testing.T) {
			got := Sizes(test.gender)
			if got[0] != test.first || got[len(got)-1] != test.last || len(got) != test.count {
				t.Errorf("%d sizes from %s to %s", len(got), got[0], got[len(got)-1])
			}
			if !slices.Contains(got, "9.5") {
				t.Error("no half sizes")
			}
		})
	}
}

func TestAVariantIsPricedNumberedAndWeighed(t *testing.T) {
	s := millrace()
	got := s.Variants(s.Colourways[2])[5]
	got.Stock = 0
	want := Variant{Size: "9.5", Width: "D", SKU: "PEL-MILL-GRA-095-D", Cents: 10800, CompareAtCents: 13500, Grams: 856}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStockIsTheSameEachTimeAndLeavesSomeSizesSoldOut(t *testing.T) {
	none, few, all := 0, 0, 0
	everyProduct(func(s Style, c Colourway) {
		once, again := s.Variants(c), s.Variants(c)
		if diff := cmp.Diff(once, again); diff != "" {
			t.Errorf("%s differs from itself: %s", s.Handle(c), diff)
		}
		left := 0
		for _, v := range once {
			if v.Stock < 0 || v.Stock > 14 {
				t.Errorf("%s: %d on hand", v.SKU, v.Stock)
			}
			if v.Stock == 0 {
				none++
			} else {
				left++
			}
			if v.Stock == 1 || v.Stock == 2 {
				few++
			}
			all++
		}
		if left == 0 {
			t.Errorf("%s is sold out in every size", s.Handle(c))
		}
	})
	if none*100/all < 5 || none*100/all > 25 || few == 0 {
		t.Errorf("of %d variants %d are sold out and %d nearly so", all, none, few)
	}
}

func TestSizesMarkedSoldOutExistAndAreSoldOut(t *testing.T) {
	everyProduct(func(s Style, c Colourway) {
		for _, size := range c.SoldOut {
			if !slices.Contains(Sizes(s.Gender), size) {
				t.Errorf("%s is not made in size %s", s.Handle(c), size)
			}
		}
		for _, v := range s.Variants(c) {
			if slices.Contains(c.SoldOut, v.Size) && v.Stock != 0 {
				t.Errorf("%s: %d on hand", v.SKU, v.Stock)
			}
		}
	})
}

func TestEachCollectionHoldsProductsThatExist(t *testing.T) {
	members := map[string]int{}
	known := map[string]bool{}
	add := func(handle string, tags []string) {
		known[handle] = true
		for _, c := range Collections() {
			if c.Holds(handle, tags) {
				members[c.Handle]++
			}
		}
	}
	everyProduct(func(s Style, c Colourway) { add(s.Handle(c), s.TagsOf(c)) })
	for _, a := range Accessories() {
		add(a.Handle, a.Tags)
	}
	for _, c := range Collections() {
		if members[c.Handle] < 3 || members[c.Handle] == len(known) {
			t.Errorf("%s holds %d products", c.Handle, members[c.Handle])
		}
		for _, h := range c.Handles {
			if !known[h] {
				t.Errorf("%s names %s, which is not sold", c.Handle, h)
			}
		}
	}
}

func TestTagsSayWhatAShopperWouldFilterBy(t *testing.T) {
	tests := []struct {
		name   string
		style  Style
		colour int
		want   []string
	}{
		{"a wide men's trainer", millrace(), 0, []string{"men", "road", "neutral", "daily", "wide", "daily trainer"}},
		{"a women's shoe from narrow to wide", keelson(), 0, []string{"women", "road", "stability", "narrow", "wide", "orthotics"}},
		{"a standard width is not wide", overture(), 0, []string{"unisex", "road", "neutral", "race", "marathon", "plated"}},
		{"a trail shoe on sale", cairnway(), 2, []string{"men", "trail", "neutral", "trail running", "sale", "mountain"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.style.TagsOf(test.style.Colourways[test.colour])); diff != "" {
				t.Error(diff)
			}
		})
	}
}
