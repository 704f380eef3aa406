package stripesim

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76"
	stripewebhook "github.com/stripe/stripe-go/v76/webhook"
)

func TestAPaidSessionIsToldOnceAndSigned(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	w.pay(id, nil)
	if diff := cmp.Diff([]string{"checkout.session.completed"}, w.shop.types()); diff != "" {
		t.Error(diff)
	}
	e := w.shop.events[0]
	if e.APIVersion != stripe.APIVersion || e.GetObjectValue("id") != id || e.GetObjectValue("payment_status") != "paid" {
		t.Errorf("%s %v", e.APIVersion, e.Data.Object)
	}
	if e.Request == nil || e.Livemode || e.PendingWebhooks != 1 {
		t.Errorf("%+v", e)
	}
}

func TestEventsAreListedByTypeTimeAndSuccess(t *testing.T) {
	w := newWorld(t)
	w.fault("drop", "checkout.session.completed")
	w.pay(w.newSession().ID, nil)
	w.pay(w.newSession().ID, nil)
	list := func(change func(*stripe.EventListParams)) []string {
		t.Helper()
		p := &stripe.EventListParams{}
		change(p)
		all := []string{}
		i := w.api.Events.List(p)
		for i.Next() {
			all = append(all, string(i.Event().Type))
		}
		if i.Err() != nil {
			t.Fatal(i.Err())
		}
		return all
	}
	completed := "checkout.session.completed"
	got := list(func(p *stripe.EventListParams) { p.Type = stripe.String(completed) })
	if diff := cmp.Diff([]string{completed, completed}, got); diff != "" {
		t.Error(diff)
	}
	i := w.api.Events.List(&stripe.EventListParams{DeliverySuccess: stripe.Bool(false)})
	if !i.Next() || i.Event().PendingWebhooks != 1 {
		t.Errorf("the event that was dropped: %+v %v", i.Event(), i.Err())
	}
	got = list(func(p *stripe.EventListParams) {
		p.Types, p.DeliverySuccess = stripe.StringSlice([]string{completed}), stripe.Bool(false)
	})
	if diff := cmp.Diff([]string{completed}, got); diff != "" {
		t.Error(diff)
	}
	got = list(func(p *stripe.EventListParams) {
		p.CreatedRange = &stripe.RangeQueryParams{GreaterThanOrEqual: time.Now().Unix() + 60}
	})
	if len(got) != 0 {
		t.Errorf("events of the future: %v", got)
	}
	got = list(func(p *stripe.EventListParams) {
		p.Types = stripe.StringSlice([]string{"payment_intent.created", "payment_intent.succeeded", "charge.succeeded"})
	})
	want := []string{"charge.succeeded", "payment_intent.succeeded", "payment_intent.created"}
	if diff := cmp.Diff(slices.Concat(want, want), got); diff != "" {
		t.Error(diff)
	}
}

func TestARefusedEventComesAgainWithAFreshSignature(t *testing.T) {
	w := newWorld(t)
	w.shop.mu.Lock()
	w.shop.answers = []int{500, 400}
	w.shop.mu.Unlock()
	w.pay(w.newSession().ID, nil)
	eventually(t, "the third try is taken", func() bool { return w.shop.count("checkout.session.completed") == 1 })
	h := slices.Compact(slices.Clone(w.shop.headers))
	if len(h) != 3 {
		t.Errorf("signatures %v", w.shop.headers)
	}
}

func TestWebhookFaults(t *testing.T) {
	const completed = "checkout.session.completed"
	tests := []struct {
		name  string
		fault []string
		see   func(*testing.T, *world)
	}{
		{"duplicate sends copies at once", []string{"duplicate", completed, "copies", "3"}, func(t *testing.T, w *world) {
			if n := w.shop.count(completed); n != 3 {
				t.Errorf("came %d times", n)
			}
		}},
		{"drop never sends", []string{"drop", completed}, func(t *testing.T, w *world) {
			if n := len(w.shop.types()); n != 0 {
				t.Errorf("came %d times", n)
			}
		}},
		{"a dropped event can be sent again", []string{"drop", completed}, func(t *testing.T, w *world) {
			var id string
			for i := w.api.Events.List(&stripe.EventListParams{Type: stripe.String(completed)}); i.Next(); {
				id = i.Event().ID
			}
			w.control("/_sim/events/"+id+"/resend", nil)
			eventually(t, "it came", func() bool { return w.shop.count(completed) == 1 })
		}},
		{"a wrong secret is refused first and right at the next try", []string{"wrong_secret", completed}, func(t *testing.T, w *world) {
			eventually(t, "it came", func() bool { return w.shop.count(completed) == 1 })
			if len(w.shop.refused) != 1 || w.shop.refused[0] != stripewebhook.ErrNoValidSignature {
				t.Errorf("refused %v", w.shop.refused)
			}
		}},
		{"two signatures are taken for the second", []string{"two_signatures", completed}, func(t *testing.T, w *world) {
			if w.shop.count(completed) != 1 || strings.Count(w.shop.headers[0], ",v1=") != 2 {
				t.Errorf("%v %v", w.shop.types(), w.shop.headers)
			}
		}},
		{"a newer version is refused by the pinned client", []string{"newer_api_version", completed}, func(t *testing.T, w *world) {
			eventually(t, "it came", func() bool { return w.shop.count(completed) == 1 })
			if len(w.shop.refused) != 1 || !strings.Contains(w.shop.refused[0].Error(), newerVersion) {
				t.Errorf("refused %v", w.shop.refused)
			}
		}},
		{"delay keeps it back", []string{"delay", completed, "ms", "150"}, func(t *testing.T, w *world) {
			if n := w.shop.count(completed); n != 1 {
				t.Errorf("came %d times", n)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.fault(tt.fault[0], tt.fault[1], tt.fault[2:]...)
			w.pay(w.newSession().ID, nil)
			tt.see(t, w)
			if _, body := w.send("GET", "/_sim/faults", nil, nil); !strings.Contains(body, `"faults": []`) {
				t.Errorf("the switch is still on: %s", body)
			}
		})
	}
}

func TestReorderLetsALaterEventOvertake(t *testing.T) {
	w := newWorld(t)
	w.fault("reorder", "checkout.session.completed")
	first, second := w.newSession().ID, w.newSession().ID
	w.control("/_sim/sessions/"+first+"/pay", nil)
	w.control("/_sim/sessions/"+second+"/expire", nil)
	eventually(t, "both came", func() bool { return len(w.shop.types()) == 2 })
	if diff := cmp.Diff([]string{"checkout.session.expired", "checkout.session.completed"}, w.shop.types()); diff != "" {
		t.Error(diff)
	}
}

func TestBeforeReplyPaysBeforeTheSessionIsAnswered(t *testing.T) {
	w := newWorld(t)
	w.fault("before_reply", "POST /v1/checkout/sessions")
	s := w.newSession()
	if diff := cmp.Diff([]string{"checkout.session.completed"}, w.shop.types()); diff != "" {
		t.Error(diff)
	}
	if s.Status != "open" || w.shop.events[0].GetObjectValue("id") != s.ID {
		t.Errorf("answered %s %s", s.ID, s.Status)
	}
	w.fault("before_reply", "POST /v1/refunds")
	s, err := w.api.CheckoutSessions.Get(s.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.api.Refunds.New(&stripe.RefundParams{PaymentIntent: stripe.String(s.PaymentIntent.ID)}); err != nil {
		t.Fatal(err)
	}
	if w.shop.count("charge.refunded") != 1 {
		t.Errorf("the refund was answered before its event: %v", w.shop.types())
	}
}

func TestAnEndpointMadeByTheAPIGetsWhatItAsksFor(t *testing.T) {
	w := newWorld(t)
	w.SetWebhook("", "")
	e, err := w.api.WebhookEndpoints.New(&stripe.WebhookEndpointParams{
		URL: stripe.String(w.shop.URL), EnabledEvents: stripe.StringSlice([]string{"payment_intent.succeeded"}),
		APIVersion: stripe.String(stripe.APIVersion),
	})
	if err != nil || !strings.HasPrefix(e.Secret, "whsec_") {
		t.Fatalf("%+v %v", e, err)
	}
	again, err := w.api.WebhookEndpoints.Get(e.ID, nil)
	if err != nil || again.Secret != "" || again.URL != w.shop.URL {
		t.Errorf("%+v %v", again, err)
	}
	w.shop.mu.Lock()
	w.shop.secret = e.Secret
	w.shop.mu.Unlock()
	w.pay(w.newSession().ID, nil)
	if diff := cmp.Diff([]string{"payment_intent.succeeded"}, w.shop.types()); diff != "" {
		t.Error(diff)
	}
	if _, err := w.api.WebhookEndpoints.Del(e.ID, nil); err != nil {
		t.Error(err)
	}
	if _, err := w.api.WebhookEndpoints.Get(e.ID, nil); err == nil {
		t.Error("still there after DELETE")
	}
}

func TestEventsWaitUntilThereIsSomewhereToSendThem(t *testing.T) {
	w := newWorld(t)
	w.SetWebhook("", "")
	w.pay(w.newSession().ID, url.Values{})
	if n := len(w.shop.types()); n != 0 {
		t.Errorf("came %d times", n)
	}
	w.SetWebhook(w.shop.URL, testSecret)
	eventually(t, "it came", func() bool { return w.shop.count("checkout.session.completed") == 1 })
}

func TestWithoutFaultsEveryEventComesOnce(t *testing.T) {
	w := newWorld(t)
	const sessions = 40
	var all sync.WaitGroup
	for range sessions {
		id := w.newSession().ID
		all.Go(func() { w.control("/_sim/sessions/"+id+"/pay", nil) })
	}
	all.Wait()
	eventually(t, "all came", func() bool { return w.shop.count("checkout.session.completed") >= sessions })
	time.Sleep(300 * time.Millisecond)
	seen := map[string]int{}
	w.shop.mu.Lock()
	defer w.shop.mu.Unlock()
	for _, e := range w.shop.events {
		seen[e.ID]++
		if seen[e.ID] > 1 {
			t.Errorf("%s %s came %d times", e.Type, e.ID, seen[e.ID])
		}
	}
}
