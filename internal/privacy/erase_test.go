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
