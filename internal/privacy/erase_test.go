package privacy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestAnErasureLeavesNothingThatNamesThePerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.lives(bea)
		order := w.lives(ada)
		before, others := w.exported(ada.email), w.exported(bea.email)
		w.Verified()
		for _, word := range []string{ada.email, ada.name, ada.line1, ada.phone} {
			if !strings.Contains(w.bytesOf(), word) || !strings.Contains(before["orders.json"], word) {
				t.Fatalf("%q is nowhere before, so this test proves nothing", word)
			}
		}
		r := w.erased(strings.ToLower(ada.email))
		if r.State != shop.PrivacyDone || len(r.Sealed) > 0 {
			t.Fatalf("the erasure is %+v", r)
		}
		t.Log("erased: " + r.Report)
		all := strings.ToLower(w.bytesOf())
		for _, word := range []string{ada.email, "ada.moss", ada.name, "quillfeather", ada.line1, "hollyhock", ada.phone, ada.tracking} {
			if n := strings.Count(all, strings.ToLower(word)); n > 0 {
				at := strings.Index(all, strings.ToLower(word))
				t.Errorf("%q is still there %d times: %q", word, n, all[max(0, at-80):min(len(all), at+80)])
			}
		}
		w.Verified()
		kept := w.Again(order)
		for what, is := range map[string]bool{
			"number": kept.Number != nil && *kept.Number == *order.Number, "total": kept.GrandTotal() == order.GrandTotal(), "tax": *kept.Tax == *order.Tax,
			"lines": cmp.Equal(kept.Lines[0].Units, order.Lines[0].Units), "state": kept.Contact.State == order.Contact.State && order.Contact.State != "",
			"postal code": kept.Contact.PostalCode == order.Contact.PostalCode, "country": kept.Contact.Country == order.Contact.Country, "mark": kept.ErasedAt != nil,
		} {
			if !is {
				t.Errorf("what tax law asks for is not kept: %s", what)
			}
		}
		if diff := cmp.Diff(others["orders.json"], w.exported(bea.email)["orders.json"]); diff != "" {
			t.Errorf("somebody else's order %d has changed: %s", other.ID, diff)
		}
		if got := w.exported(ada.email); got["orders.json"] != "[]\n" || got["messages.json"] != "[]\n" || !strings.Contains(got["requests.json"], `"erase"`) {
			t.Errorf("an export afterwards has %v", got)
		}
	})
}

func TestAnErasureWaitsForWhatIsNotDone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.buys(ada)
		r := w.erased(ada.email)
		if r.State != shop.PrivacyPostponed || r.Why != "Order #1001 is not sent yet." {
			t.Fatalf("%s: %q", r.State, r.Why)
		}
		if w.Again(o).Contact.Name != ada.name {
			t.Error("something was erased all the same")
		}
		w.Verified()
		again := w.erased(ada.email)
		if again.ID != r.ID {
			t.Errorf("asked twice, there are requests %d and %d", r.ID, again.ID)
		}
		w.Exec("UPDATE orders SET fulfilment = 'delivered' WHERE id = ?", o.ID)
		w.Exec("UPDATE orders SET review = 'The address is odd' WHERE id = ?", o.ID)
		must(t, w.privacy.Resume(t.Context()))
		w.carryOut()
		if r, _ = w.DB.PrivacyRequest(t.Context(), r.ID); r.Why != "Order #1001 is being looked into by the shop." {
			t.Errorf("%s: %q", r.State, r.Why)
		}
		w.Exec("UPDATE orders SET review = '' WHERE id = ?", o.ID)
		w.Advance(2 * 3_600_000_000_000)
		must(t, w.privacy.Resume(t.Context()))
		w.carryOut()
		if r, _ = w.DB.PrivacyRequest(t.Context(), r.ID); r.State != shop.PrivacyDone || w.Again(o).Contact.Name != "" {
			t.Errorf("it is %s: %q", r.State, r.Why)
		}
	})
}

func TestABagThatWasHandedOnIsTheNextOnes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cart := w.Bag(1, w.shoe)
		pays := func(p person) shop.Order {
			placed := w.Place(cart)
			w.Pays(placed, "email", p.email, "name", p.name, "line1", p.line1)
			w.Work()
			o := w.Order(placed)
			w.Exec("UPDATE orders SET fulfilment = 'delivered' WHERE id = ?", o.ID)
			return o
		}
		hers := pays(ada)
		w.AddLine(cart, w.shoe, 1, 1)
		his := pays(bea)
		w.AddLine(cart, w.shoe, 2, 1)
		if r := w.erased(ada.email); r.State != shop.PrivacyDone {
			t.Fatalf("%s: %s", r.State, r.Why)
		}
		if got := w.Again(hers).Contact.Name; got != "" {
			t.Errorf("the first one is still %q", got)
		}
		if got := w.Again(his).Contact; got.Name != bea.name || got.Email != bea.email {
			t.Errorf("the second one is now %+v", got)
		}
		if n := w.Count("SELECT count(*) FROM cart_lines WHERE cart_id = ?", cart); n != 1 {
			t.Error("the bag of who bought last is gone")
		}
		w.erased(bea.email)
		if n := w.Count("SELECT count(*) FROM carts WHERE id = ?", cart); n != 0 {
			t.Error("the bag is still there")
		}
	})
}

// The table of messages is hidden, so that the job fails in the middle.
func TestAnErasureThatWasCutOffGoesOnWhereItWas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lives(ada)
		r, err := w.privacy.Erase(t.Context(), "staff:1", ada.email, w.key())
		must(t, err)
		w.Exec("ALTER TABLE contact_messages RENAME TO hidden")
		if err := w.privacy.CarryOut(t.Context(), r.ID); err == nil {
			t.Fatal("it came to an end all the same")
		}
		w.Exec("ALTER TABLE hidden RENAME TO contact_messages")
		half, err := w.DB.PrivacyRequest(t.Context(), r.ID)
		must(t, err)
		if half.State != shop.PrivacyOpen || !strings.Contains(half.Report, `"orders"`) || strings.Contains(half.Report, `"messages"`) {
			t.Errorf("in the middle it is %s: %s", half.State, half.Report)
		}
		w.Verified()
		for range 2 { // and once more, which changes nothing
			must(t, w.privacy.CarryOut(t.Context(), r.ID))
		}
		done, err := w.DB.PrivacyRequest(t.Context(), r.ID)
		must(t, err)
		if done.State != shop.PrivacyDone || !strings.Contains(done.Report, `"messages":1`) || !strings.Contains(done.Report, `"orders":2`) {
			t.Errorf("in the end it is %s: %s", done.State, done.Report)
		}
		w.Verified()
	})
}
