package staff_test

import (
	"fmt"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// shippedTern is a paid and sent order of two pairs in size 9.
func shippedTern(t *testing.T, s *apptest.Shop, b *apptest.Shopper) shop.Order {
	t.Helper()
	tern(s)
	o := buy(t, s, buying{quantity: "2"})
	b.Get(orderPage(o)).Form(orderPage(o)+"/ship").Submit("").Must(200, "The parcel is on its way.")
	return o
}

func TestStaffTakePiecesBack(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	o := shippedTern(t, s, b)
	one, two := o.Lines[0].Units[0].ID, o.Lines[0].Units[1].ID
	at := orderPage(o) + "/return"
	name := func(id shop.UnitID) string { return fmt.Sprintf("unit-%d", id) }

	form := b.Get(orderPage(o)).Follow("Take pieces back").Must(200, "(1 of 2)", "until ").Form(at)
	form.Submit("").Must(422, "Choose what you want to send back.")
	form.Set(name(one), "1").Submit("").Must(422, "Choose why it comes back.")
	form.Set(name(one)+"-reason", "too_small.half").Set(name(one)+"-comment", "the <toes>").Set(name(two), "1").Set(name(two)+"-reason", "other.other")
	page := form.Submit("").Must(422, "Write in a few words why")
	if !strings.Contains(page.Body, "the &lt;toes&gt;") {
		t.Error("what was typed is lost")
	}
	back := page.Form(at).Set(name(two)+"-reason", "wrong.faulty").Submit("").Must(200, "The return is written down", "R1001", "requested", "Too small: about half a size")
	where := back.URL.Path
	b.Get(orderPage(o)).Must(200, "R1001", "requested")
	b.Get(at).Must(200, "It is in a return already.", "Nothing of this order can come back.")
	b.Get("/staff/returns").Must(200, "Nothing waits to be settled.")
	b.Get("/staff/returns?show=coming").Must(200, "R1001")
	if page := b.Get("/staff/returns?number=r1001").Must(200); page.URL.Path != where {
		t.Errorf("the number leads to %s", page.URL)
	}
	b.Get("/staff/returns?number=R7").Must(422, "There is no return with this number.")
	b.Get("/staff/returns?show=x").Must(422)
	b.Get("/staff/returns/99").Must(404)

	b.Get(where).Form(where+"/sent").Submit("").Must(200, "The carrier has it.", "sent")
	receive := b.Get(where).MustNot("Cancel the return").Form(where + "/receive")
	receive.Submit("").Must(422, "Say what was in the parcel.")
	units := returnUnits(t, s, where)
	receive.Set(units[0], "here").Set(units[0]+"-condition", "eaten").Submit("").Must(422, "Choose how it came back.")
	receive.Set(units[0]+"-condition", "new").Set(units[1], "missing").Submit("").Must(200, "What came is settled", "arrived", "It was missing.")
	b.Get("/staff/returns").Must(200, "R1001", "(1 open)")
	b.Get(where).Form(where+"/close").Set("why", " ").Submit("").Must(422, "Give the reason")
	b.Get(where).Form(where+"/receive").Set(units[1], "here").Set(units[1]+"-to", "quarantine").Submit("").Must(200, "closed")
	b.Get("/staff/returns?show=over").Must(200, "R1001")
	page = eventually(t, b, orderPage(o), "came back")
	if n := strings.Count(page.Text(), "came back"); n < 2 {
		t.Errorf("%d refunds are shown", n)
	}
	s.Verify()
}

// returnUnits are the names of the fields of a return's pieces.
func returnUnits(t *testing.T, s *apptest.Shop, where string) []string {
	t.Helper()
	var id int64
	if _, err := fmt.Sscanf(where, "/staff/returns/%d", &id); err != nil {
		t.Fatal(err)
	}
	r, err := s.App.DB.Return(t.Context(), shop.ReturnID(id))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, u := range r.Units {
		names = append(names, fmt.Sprintf("piece-%d", u.ID))
	}
	return names
}

func TestAReturnOfStaffIsCancelled(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	o := shippedTern(t, s, b)
	name := fmt.Sprintf("unit-%d", o.Lines[0].Units[0].ID)
	at := orderPage(o) + "/return"
	page := b.Get(at).Form(at).Set(name, "1").Set(name+"-reason", "width.wide").Submit("").Must(200, "R1001")
	where := page.URL.Path
	page.Form(where+"/cancel").Submit("").Must(200, "The return is cancelled.", "stays with the customer").MustNot("Settle what is here")
	b.Get(at).Must(200).Form(at)
	s.Verify()
}
