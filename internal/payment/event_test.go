package payment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"longrun/internal/payment"
	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76/webhook"
)

const event = `{"id":"evt_1","object":"event","api_version":"2023-10-16","type":"checkout.session.completed",
	"created":1700000000,"livemode":false,"data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}`

func signed(body, secret string, at time.Time) string {
	return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: secret, Timestamp: at}).Header
}

func TestOnlySignedAndTimelyEventsAreRead(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	good := signed(event, "whsec_new", now)
	mac := good[strings.Index(good, "v1="):]
	tests := []struct {
		name, body, header string
		ok                 bool
	}{
		{"signed by the first secret", event, good, true},
		{"signed by the one before", event, signed(event, "whsec_old", now), true},
		{"two signatures, one right", event, fmt.Sprintf("t=%d,v1=%064x,%s", now.Unix(), 1, mac), true},
		{"five minutes old", event, signed(event, "whsec_new", now.Add(-payment.EventTolerance)), true},
		{"a little ahead", event, signed(event, "whsec_new", now.Add(time.Minute)), true},
		{"of a newer version", strings.Replace(event, "2023-10-16", "2025-03-31.basil", 1), "", true},
		{"no signature", event, "none", false},
		{"an empty secret", event, signed(event, "", now), false},
		{"somebody else's secret", event, signed(event, "whsec_theirs", now), false},
		{"a changed body", strings.Replace(event, "cs_test_1", "cs_test_2", 1), good, false},
		{"too old", event, signed(event, "whsec_new", now.Add(-payment.EventTolerance-time.Second)), false},
		{"from next year", event, signed(event, "whsec_new", now.AddDate(1, 0, 0)), false},
		{"an old one with a fresh time before it", event,
			fmt.Sprintf("t=%d,", now.Unix()) + signed(event, "whsec_new", now.Add(-time.Hour)), false},
		{"an old one with a fresh time behind it", event,
			signed(event, "whsec_new", now.Add(-time.Hour)) + fmt.Sprintf(",t=%d", now.Unix()), false},
		{"only a v0 signature", event, strings.Replace(good, "v1=", "v0=", 1), false},
		{"no data", `{"id":"evt_1","object":"event"}`, "", false},
		{"no id", `{"object":"event","data":{"object":{}}}`, "", false},
		{"not JSON", `nonsense`, "", false},
	}
	client := payment.New(payment.Options{Key: "sk_test_x", WebhookSecrets: []string{"", "whsec_new", " whsec_old ", " "}})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			header := tt.header
			switch header {
			case "":
				header = signed(tt.body, "whsec_new", now)
			case "none":
				header = ""
			}
			got, err := client.Event([]byte(tt.body), header, now)
			if (err == nil) != tt.ok {
				t.Fatalf("%+v %v", got, err)
			}
			if err != nil && shop.KindOf(err) != shop.KindMalformed {
				t.Errorf("%v", err)
			}
			if err == nil && (got.ID != "evt_1" || got.ObjectID != "cs_test_1" || got.ObjectKind != "checkout.session" || got.Payload != tt.body) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestWithoutSecretsNothingIsBelieved(t *testing.T) {
	now := time.Now()
	for _, secrets := range [][]string{nil, {""}, {" ", ""}} {
		client := payment.New(payment.Options{Key: "sk_test_x", WebhookSecrets: secrets})
		for _, secret := range []string{"", " "} {
			if got, err := client.Event([]byte(event), signed(event, secret, now), now); err == nil {
				t.Errorf("%q believes %+v", secrets, got)
			}
		}
	}
}
