package api_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76/webhook"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/payment"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/api"
	"longrun/templates"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

const secret = "whsec_for_tests"

// receiver is the shop's server as Stripe sees it.
type receiver struct {
	t   *testing.T
	db  *database.DB
	log bytes.Buffer
	h   http.Handler
}

func newReceiver(t *testing.T, db *database.DB, secrets ...string) *receiver {
	t.Helper()
	r := &receiver{t: t, db: db}
	log := slog.New(slog.NewTextHandler(&r.log, nil))
	kit, err := web.New(web.Options{Reader: db.Reader, Templates: templates.Files, BaseURL: "https://shop.example", Environment: web.Production, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	r.h = kit.Handler(api.New(api.Options{
		Payment: payment.New(payment.Options{Key: "sk_test_x", WebhookSecrets: secrets, Log: log}), Jobs: db.Jobs(), Reader: db.Reader, Log: log,
	}))
	return r
}

func event(id string, live bool) string {
	return fmt.Sprintf(`{"id":%q,"object":"event","type":"checkout.session.completed","api_version":"2023-10-16","created":1790000000,`+
		`"livemode":%v,"data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}`, id, live)
}

func signature(body, secret string, at time.Time) string {
	return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: secret, Timestamp: at}).Header
}

func (r *receiver) send(body, header string) int {
	r.t.Helper()
	request := httptest.NewRequest("POST", "https://shop.example/webhooks/stripe", strings.NewReader(body))
	if header != "" {
		request.Header.Set("Stripe-Signature", header)
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	w := httptest.NewRecorder()
	r.h.ServeHTTP(w, request)
	return w.Code
}

func (r *receiver) kept(id string) bool {
	r.t.Helper()
	_, err := r.db.StripeEvent(r.t.Context(), id)
	if err != nil && !shop.IsNotFound(err) {
		r.t.Fatal(err)
	}
	return err == nil
}

func TestAnEventIsKeptOnceWithOneJob(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		r := newReceiver(t, db, secret)
		body := event("evt_1", false)
		for range 3 {
			if status := r.send(body, signature(body, secret, time.Now())); status != 200 {
				t.Fatalf("status %d", status)
			}
		}
		stored, err := db.StripeEvent(t.Context(), "evt_1")
		if err != nil || stored.ObjectID != "cs_test_1" || stored.Payload != body {
			t.Errorf("kept is %+v, %v", stored, err)
		}
		jobs, err := db.Jobs().Claim(t.Context(), 10, time.Minute)
		if err != nil || len(jobs) != 1 || jobs[0].Kind != shop.JobStripeEvent || jobs[0].Key != "evt_1" {
			t.Errorf("the jobs are %+v, %v", jobs, err)
		}
	})
}

func TestForgedEventsAreRefusedAndNotKept(t *testing.T) {
	r := newReceiver(t, databasetest.Open(t, database.SQLite), secret, "")
	now := time.Now()
	body := event("evt_forged", false)
	right := signature(body, secret, now)
	v1 := right[strings.Index(right, "v1="):]
	tests := []struct{ name, body, header string }{
		{"no signature", body, ""},
		{"an empty signature", body, " "},
		{"the empty secret's", body, signature(body, "", now)},
		{"another secret's", body, signature(body, "whsec_other", now)},
		{"a changed body", strings.Replace(body, "cs_test_1", "cs_test_2", 1), right},
		{"301 seconds old", body, signature(body, secret, now.Add(-301*time.Second))},
		{"six minutes ahead", body, signature(body, secret, now.Add(6*time.Minute))},
		{"a year ahead", body, signature(body, secret, now.AddDate(1, 0, 0))},
		{"another time than was signed", body, fmt.Sprintf("t=%d,%s", now.Unix()-10, v1)},
		{"the old scheme alone", body, strings.Replace(right, "v1=", "v0=", 1)},
		{"no time", body, v1},
		{"signed, but no event", "[]", signature("[]", secret, now)},
		{"signed, but without data", `{"id":"evt_forged"}`, signature(`{"id":"evt_forged"}`, secret, now)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if status := r.send(tt.body, tt.header); status != 400 {
				t.Errorf("status %d", status)
			}
			if r.kept("evt_forged") {
				t.Error("it was kept")
			}
		})
	}
	large := strings.Repeat(" ", 1<<20) + body
	if status := r.send(large, signature(large, secret, now)); status != 413 {
		t.Errorf("a body above 1 MiB is %d", status)
	}
}

func TestOneOfSeveralSignaturesIsEnough(t *testing.T) {
	r := newReceiver(t, databasetest.Open(t, database.SQLite), "whsec_new", secret)
	body := event("evt_2", false)
	if status := r.send(body, signature(body, secret, time.Now())); status != 200 || !r.kept("evt_2") {
		t.Errorf("the former secret's event is %d", status)
	}
}

func TestEventsOfTheOtherModeAreIgnoredAloud(t *testing.T) {
	r := newReceiver(t, databasetest.Open(t, database.SQLite), secret)
	body := event("evt_live", true)
	if status := r.send(body, signature(body, secret, time.Now())); status != 200 || r.kept("evt_live") {
		t.Errorf("status %d, kept %v", status, r.kept("evt_live"))
	}
	if !strings.Contains(r.log.String(), "level=WARN") {
		t.Error("nobody is told")
	}
}

func TestAnEventThatCannotBeKeptIsAskedForAgain(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	r := newReceiver(t, db, secret)
	body := event("evt_3", false)
	header := signature(body, secret, time.Now())
	_ = db.Close()
	if status := r.send(body, header); status < 500 {
		t.Errorf("status %d", status)
	}
}
