package stripesim

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

func TestASessionExpiresByTheSimulatorsClock(t *testing.T) {
	w := newWorld(t)
	params := sessionParams()
	params.ExpiresAt = stripe.Int64(w.Now().Unix() + 35*60)
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	w.pay(s.ID, url.Values{"card": {"4000000000000002"}}) // leaves an intent behind
	w.control("/_sim/clock", url.Values{"advance": {"34m"}})
	if s, _ := w.api.CheckoutSessions.Get(s.ID, nil); s.Status != "open" || s.PaymentIntent == nil {
		t.Fatalf("after 34 minutes: %s %v", s.Status, s.PaymentIntent)
	}
	w.control("/_sim/clock", url.Values{"advance": {"2m"}})
	get := &stripe.CheckoutSessionParams{}
	get.AddExpand("payment_intent")
	s, err = w.api.CheckoutSessions.Get(s.ID, get)
	if err != nil || s.Status != "expired" || s.URL != "" || s.PaymentIntent.Status != "canceled" {
		t.Errorf("after 36 minutes: %+v %v", s, err)
	}
	eventually(t, "the shop hears of it", func() bool { return w.shop.count("checkout.session.expired") == 1 })
	w.shop.mu.Lock()
	defer w.shop.mu.Unlock()
	stamp, _, _ := strings.Cut(strings.TrimPrefix(w.shop.headers[0], "t="), ",")
	if at, err := strconv.ParseInt(stamp, 10, 64); err != nil || at < time.Now().Add(35*time.Minute).Unix() {
		t.Errorf("signed at %s, which is not the simulator's time", stamp)
	}
}

func TestTheClockIsReadBackAsItWasSet(t *testing.T) {
	w := newWorld(t)
	want := time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	status, body := w.control("/_sim/clock", url.Values{"now": {want.Format(time.RFC3339)}})
	var got struct{ Now time.Time }
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 || got.Now.Sub(want).Abs() > time.Second {
		t.Errorf("%d %s %v", status, body, err)
	}
	if s := w.newSession(); s.Created < want.Unix() {
		t.Errorf("created at %d", s.Created)
	}
	for _, bad := range []url.Values{{}, {"now": {"tomorrow"}}, {"advance": {"soon"}}, {"advance": {"2000000h"}}} {
		if status, body := w.control("/_sim/clock", bad); status != 400 {
			t.Errorf("%v: %d %s", bad, status, body)
		}
	}
}
