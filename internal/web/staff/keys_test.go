package staff_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestEachSlipIsPrintedOnItsOwnSheet counts the sheets.
func TestEachSlipIsPrintedOnItsOwnSheet(t *testing.T) {
	s, owner := open(t)
	tern(s)
	for range 3 {
		buy(t, s, buying{note: "Please ring twice"})
	}
	d := deskOf(t, s, owner.Email, false)
	for address, want := range map[string]int{"?oldest=3&show=slips": 3, "?oldest=2&show=slips": 2, "?oldest=3": 4, "?oldest=3&show=pick": 1} {
		d.Open(s.URL + "/staff/orders/pack" + address).WaitFor("Print this page")
		if got := d.Sheets(); got != want {
			t.Errorf("%s takes %d sheets, want %d", address, got, want)
		}
	}
}

// TestTheKeysAreListedAndWork presses them.
func TestTheKeysAreListedAndWork(t *testing.T) {
	s, owner := open(t)
	product := tern(s)
	d := deskOf(t, s, owner.Email, true)
	d.Open(s.URL + "/staff/products").WaitFor("Tern Racer")
	d.Press("?")
	d.WaitFor("Keys on this page").WaitFor("to the search field")
	d.Press(kb.Escape)
	d.Press("/")
	if got := d.Focused(); got != "q" {
		t.Errorf("the focus is on %q", got)
	}
	d.Press("?")
	d.Open(fmt.Sprintf("%s/staff/collections/new", s.URL)).WaitFor("New collection")
	d.Type("#title", "Quick ones")
	k := d.Typist()
	k.TabTo("title")
	k.SaveByKeys("The collection is made.")
	d.Open(s.URL + pageOf(product)).WaitFor("Sizes")
	d.Press("?")
	d.WaitFor("fill the column down")
}
