package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"longrun/internal/stripesim"
)

// stripeShell runs commands on a shop of its own that pays through a simulator.
func stripeShell(t *testing.T, change map[string]string) func(args ...string) (int, string, string) {
	t.Helper()
	dir := t.TempDir()
	server := httptest.NewUnstartedServer(nil)
	at := "http://" + server.Listener.Addr().String()
	sim, err := stripesim.Open(stripesim.Options{File: filepath.Join(dir, "sim.db"), BaseURL: at, SecretKey: "sk_test_for_tests", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = http.Handler(sim.Handler())
	server.Start()
	t.Cleanup(func() { server.Close(); _ = sim.Close() })
	env := map[string]string{
		"DATABASE_URL": "sqlite:" + filepath.Join(dir, "longrun.db"), "DATA_DIR": dir,
		"STRIPE_API_URL": at, "STRIPE_SECRET_KEY": "sk_test_for_tests", "BASE_URL": "http://shoes.example",
	}
	for name, value := range change {
		env[name] = value
	}
	return func(args ...string) (int, string, string) {
		var out, err bytes.Buffer
		code := run(context.Background(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out, &err)
		return code, out.String(), err.String()
	}
}

func TestStripeIsSetUpBeforeThereIsASecret(t *testing.T) {
	longrun := stripeShell(t, nil)
	if code, _, err := longrun("migrate", "up"); code != exitOK {
		t.Fatal(err)
	}
	code, out, err := longrun("stripe", "setup")
	if code != exitOK || !strings.Contains(out, "http://shoes.example/webhooks/stripe") || !strings.Contains(out, "version 2023-10-16) was made") ||
		!strings.Contains(out, "STRIPE_WEBHOOK_SECRET=whsec_") || strings.Contains(out, toCome) {
		t.Fatalf("exit %d: %s%s", code, out, err)
	}
	code, out, err = longrun("stripe", "setup", "--json")
	var said setupJSON
	if json.Unmarshal([]byte(out), &said) != nil || code != exitOK || said.Did != "" || said.Secret != "" || said.Version != "2023-10-16" || said.Problems == nil {
		t.Errorf("again it exits with %d: %s%s", code, out, err)
	}
}

func TestStripeThatCannotBeSetUpIsSaid(t *testing.T) {
	tests := []struct{ name, variable, value, says string }{
		{"a wrong key", "STRIPE_SECRET_KEY", "sk_test_other", "Stripe does not know this key"},
		{"nobody there", "STRIPE_API_URL", "http://127.0.0.1:1", "Stripe cannot be reached"},
		{"a live key in development", "STRIPE_SECRET_KEY", "sk_live_x", "not a test key"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out, err := stripeShell(t, map[string]string{tt.variable: tt.value})("stripe", "setup")
			if code != exitFault || !strings.Contains(err, tt.says) || strings.Contains(out+err, tt.value) && tt.variable == "STRIPE_SECRET_KEY" {
				t.Errorf("it exits with %d and says %q %q", code, out, err)
			}
		})
	}
}

func TestStripeReconcileSaysWhatItFound(t *testing.T) {
	longrun := stripeShell(t, map[string]string{"STRIPE_WEBHOOK_SECRET": "whsec_0123456789abcdef0123"})
	code, out, err := longrun("stripe", "reconcile")
	if code != exitOK || !strings.Contains(out, "0 paid sessions") {
		t.Errorf("exit %d: %s%s", code, out, err)
	}
	code, out, err = longrun("stripe", "reconcile", "--json")
	var said sweptJSON
	if json.Unmarshal([]byte(out), &said) != nil || code != exitOK || said.Lost == nil {
		t.Errorf("exit %d: %s%s", code, out, err)
	}
	for _, args := range [][]string{{"stripe"}, {"stripe", "sideways"}, {"stripe", "setup", "reconcile"}} {
		if code, _, err := longrun(args...); code != exitUsage || err == "" {
			t.Errorf("%v exits with %d and says %q", args, code, err)
		}
	}
	gone := stripeShell(t, map[string]string{"STRIPE_WEBHOOK_SECRET": "whsec_0123456789abcdef0123", "STRIPE_API_URL": "http://127.0.0.1:1"})
	if code, _, err := gone("stripe", "reconcile"); code != exitFault || err == "" {
		t.Errorf("without Stripe it exits with %d and says %q", code, err)
	}
}
