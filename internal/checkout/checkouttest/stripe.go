package checkouttest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"

	"longrun/internal/checkout"
	"longrun/internal/shop"
)

// Card numbers of Stripe's test list.
const (
	CardGood     = "4242424242424242"
	CardDeclined = "4000000000000002"
	// Money that goes back to these is pending first, or fails later.
	CardRefundsSlowly = "4000000000007726"
	CardRefundsFail   = "4000000000005126"
)

// Control asks the simulator for something, with form fields given as name,
// value, name, value; it must agree.
func (w *World) Control(at string, fields ...string) []byte {
	w.T.Helper()
	status, body := w.Ask(at, fields...)
	if status >= 300 {
		w.T.Fatalf("the simulator answered %s with %d: %s", at, status, body)
	}
	return body
}

// Ask is Control with whatever answer.
func (w *World) Ask(at string, fields ...string) (int, []byte) {
	w.T.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r, err := http.PostForm(w.Stripe+at, form)
	if err != nil {
		w.T.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.T.Fatal(err)
	}
	return r.StatusCode, body
}

// Session is the id of the session a shopper was sent to.
func (w *World) Session(p checkout.Placement) string { return path.Base(p.RedirectURL) }

// Pays pays on Stripe's page with a good card and waits until Stripe has
// told the shop; the shop has not read the event yet.
func (w *World) Pays(p checkout.Placement, fields ...string) {
	w.T.Helper()
	w.Control("/_sim/sessions/"+w.Session(p)+"/pay", append(fields, "wait", "true")...)
}

// Intent is the payment by which an order was paid.
func (w *World) Intent(o shop.Order) string {
	w.T.Helper()
	a, err := w.DB.AttemptOfOrder(w.T.Context(), o.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return a.PaymentIntent
}

// GivesBackAtStripe gives money of an order back as somebody does in Stripe's
// dashboard; the shop has not heard of it yet.
func (w *World) GivesBackAtStripe(o shop.Order, amount shop.Cents) {
	w.T.Helper()
	w.Control("/_sim/refunds", "payment_intent", w.Intent(o), "amount", fmt.Sprint(int64(amount)))
}

// Fault switches a fault on for so many times.
func (w *World) Fault(kind, match, count string) {
	w.T.Helper()
	w.Control("/_sim/faults", "kind", kind, "match", match, "count", count)
}

// ClearFaults switches all faults off.
func (w *World) ClearFaults() {
	w.T.Helper()
	request, err := http.NewRequest(http.MethodDelete, w.Stripe+"/_sim/faults", nil)
	if err != nil {
		w.T.Fatal(err)
	}
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		w.T.Fatal(err)
	}
	r.Body.Close()
}

// StripeSession is what the simulator's books say of a session.
type StripeSession struct {
	ID            string
	Status        string
	PaymentStatus string `json:"payment_status"`
	AmountTotal   int64  `json:"amount_total"`
}

// StripeSessions are all sessions in the simulator's books, newest first.
func (w *World) StripeSessions() []StripeSession {
	var books struct{ Sessions []StripeSession }
	w.Show("/_sim/sessions", &books)
	return books.Sessions
}

// StripeRefund is what the simulator's books say of a refund.
type StripeRefund struct {
	ID     string
	Amount int64
	Status string
}

// StripeRefunds are all refunds in the simulator's books, newest first.
func (w *World) StripeRefunds() []StripeRefund {
	var books struct{ Refunds []StripeRefund }
	w.Show("/_sim/refunds", &books)
	return books.Refunds
}

// StripeEvents are the ids of all events in the simulator's books, newest
// first.
func (w *World) StripeEvents() []string {
	var books struct{ Events []struct{ ID string } }
	w.Show("/_sim/events", &books)
	var ids []string
	for _, e := range books.Events {
		ids = append(ids, e.ID)
	}
	return ids
}

// Show reads what the simulator answers.
func (w *World) Show(at string, into any) {
	w.T.Helper()
	r, err := http.Get(w.Stripe + at)
	if err != nil {
		w.T.Fatal(err)
	}
	defer r.Body.Close()
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		w.T.Fatal(err)
	}
}
