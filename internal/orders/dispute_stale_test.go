package orders_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// What Stripe said before may come to us after what it said later: then it
// changes nothing, neither the state nor the money.
func TestAnAnswerOfStripesThatComesLateChangesNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		d := w.Disputes(o)
		early := said(t, w, d)
		unmoved := regexp.MustCompile(`(?s)"balance_transactions": \[.*?\n  \],`).ReplaceAllString(early, `"balance_transactions": [],`)
		w.Control("/_sim/disputes/" + d.StripeID + "/win")
		w.WorkUntil(func() bool { return w.Dispute(o).State == shop.DisputeWon })
		w.Work()

		before, steps := w.Dispute(o), w.Count("SELECT count(*) FROM steps")
		for name, body := range map[string]string{"before it was won": early, "before the money was taken": unmoved} {
			if err := hears(t, w, body).SyncDispute(t.Context(), d.StripeID); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if after := w.Dispute(o); after.State != before.State || after.Withdrawn != before.Withdrawn || after.Movements != before.Movements {
				t.Errorf("%s: %+v became %+v", name, before, after)
			}
		}
		q := w.Paid(1, w.Shoe("Keel", 14_000, 5))
		e := w.Disputes(q)
		none := regexp.MustCompile(`(?s)"balance_transactions": \[.*?\n  \],`).ReplaceAllString(said(t, w, e), `"balance_transactions": [],`)
		if err := hears(t, w, none).SyncDispute(t.Context(), e.StripeID); err != nil || w.Dispute(q).Withdrawn != q.GrandTotal() {
			t.Errorf("the same state before the money was taken: %+v, %v", w.Dispute(q), err)
		}
		waits := said(t, w, e)
		e = drafted(t, w, e, "It was delivered.")
		if err := w.Orders.SendEvidence(t.Context(), "staff:1", e.ID, e.EvidenceVersion); err != nil {
			t.Fatal(err)
		}
		w.Work()
		if err := hears(t, w, waits).SyncDispute(t.Context(), e.StripeID); err != nil || w.Dispute(q).State != shop.DisputeAnswered {
			t.Errorf("before it was answered: %+v, %v", w.Dispute(q), err)
		}
		if n := w.Count("SELECT count(*) FROM steps WHERE thing_kind = 'dispute' AND thing_id = ?", d.ID); n > steps || n != 4 {
			t.Errorf("%d steps", n)
		}
		w.Clean()
	})
}

// said is what Stripe says of a dispute, word for word.
func said(t *testing.T, w *checkouttest.World, d shop.Dispute) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, w.Stripe+"/v1/disputes/"+d.StripeID, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer sk_test_for_tests")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("%d %s %v", response.StatusCode, body, err)
	}
	return string(body)
}

// hears is a shop on the same database to which Stripe says always the same.
func hears(t *testing.T, w *checkouttest.World, body string) *orders.Orders {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprint(rw, body)
	}))
	t.Cleanup(server.Close)
	return orders.New(w.DB, payment.New(payment.Options{APIURL: server.URL, Key: "sk_test_for_tests"}), nil)
}
