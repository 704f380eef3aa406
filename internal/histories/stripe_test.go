package histories_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/stripe/stripe-go/v76/webhook"
)

// post is the events that Stripe has sent and the shop has not had yet, and
// those that it has had.
type post struct {
	newest  string // the last one taken from Stripe's list
	waiting []event
	brought []event
}

type event struct {
	id, kind string
	body     json.RawMessage
}

// heard are the events that the shop has asked for.
var heard = []string{"checkout.session.", "charge.refunded", "charge.refund.updated", "refund.", "charge.dispute."}

// collect takes the events that are new at Stripe.
func (w *world) collect() {
	for {
		at := "/v1/events?limit=100"
		if w.post.newest != "" {
			at += "&ending_before=" + w.post.newest
		}
		var list struct {
			Data []json.RawMessage
			More bool `json:"has_more"`
		}
		w.show(at, &list)
		for _, body := range slices.Backward(list.Data) {
			var e struct{ ID, Type string }
			must(json.Unmarshal(body, &e), "reading an event")
			w.post.newest = e.ID
			if slices.ContainsFunc(heard, func(p string) bool { return strings.HasPrefix(e.Type, p) }) {
				w.post.waiting = append(w.post.waiting, event{e.ID, e.Type, body})
			}
		}
		if len(list.Data) == 0 || !list.More {
			return
		}
	}
}

// take takes a waiting event out, any of them: they come in no order.
func (w *world) take(dice uint32) (event, bool) {
	w.collect()
	if len(w.post.waiting) == 0 {
		return event{}, false
	}
	i := int(dice) % len(w.post.waiting)
	e := w.post.waiting[i]
	w.post.waiting = slices.Delete(w.post.waiting, i, i+1)
	return e, true
}

// deliver brings an event to the shop's door.
func (w *world) deliver(e event) {
	now, err := w.db.Now(context.Background())
	must(err, "asking the time")
	header := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: e.body, Secret: secret, Timestamp: now.Time}).Header
	read, err := w.pay.Event(e.body, header, now.Time)
	must(err, "reading an event")
	_, err = w.db.Jobs().Inbox(context.Background(), read)
	must(err, "keeping an event")
	w.post.brought = append(w.post.brought, e)
}

// bookSession and bookRefund are what Stripe's own books say.
type bookSession struct {
	ID            string
	Status        string
	PaymentStatus string  `json:"payment_status"`
	AmountTotal   int64   `json:"amount_total"`
	PaymentIntent *string `json:"payment_intent"`
	Metadata      map[string]string
}

type bookRefund struct {
	ID            string
	Amount        int64
	Status        string
	PaymentIntent string `json:"payment_intent"`
	Metadata      map[string]string
}

func (w *world) session(id string) bookSession {
	var s bookSession
	w.show("/v1/checkout/sessions/"+id, &s)
	return s
}

// captured is what Stripe has taken for a payment, and given back of it.
func (w *world) captured(intent string) (taken, back int64) {
	var p struct {
		Charge struct {
			Captured int64 `json:"amount_captured"`
			Refunded int64 `json:"amount_refunded"`
		} `json:"latest_charge"`
	}
	w.show("/v1/payment_intents/"+intent+"?expand[]=latest_charge", &p)
	return p.Charge.Captured, p.Charge.Refunded
}

// refundsOf are all refunds of a payment, oldest first.
func (w *world) refundsOf(intent string) []bookRefund {
	var list struct{ Data []bookRefund }
	w.show("/v1/refunds?limit=100&payment_intent="+intent, &list)
	slices.Reverse(list.Data)
	return list.Data
}

// show reads what the simulator answers.
func (w *world) show(at string, into any) {
	status, body := w.ask("GET", at)
	if status != 200 {
		panic(broken{fmt.Sprintf("Stripe answers %s with %d: %s", at, status, body)})
	}
	must(json.Unmarshal(body, into), "reading "+at)
}
