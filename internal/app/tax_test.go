package app_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longrun/internal/app"
	"longrun/internal/apptest"
	"longrun/internal/config"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/payment"
	"longrun/internal/shop"
	"longrun/internal/stripesim"
)

// inEarnest opens a shop of production on a port that the system chooses.
func inEarnest(t *testing.T, tax string) *app.App {
	t.Helper()
	values := map[string]string{
		"LONGRUN_ENV": "production", "ADDR": "127.0.0.1:0", "BASE_URL": "https://shop.example", "DATABASE_URL": databasetest.URL(t, database.SQLite),
		"DATA_DIR": t.TempDir(), "SECRET_KEY": strings.Repeat("k3y-", 12), "STRIPE_SECRET_KEY": "sk_live_none", "STRIPE_WEBHOOK_SECRET": "whsec_" + strings.Repeat("a1", 16),
		"STRIPE_TAX": tax, "SMTP_URL": "smtps://mail.shop.example", "MAIL_FROM": "hello@shop.example",
	}
	c, err := config.Read(func(name string) string { return values[name] })
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	var status func(string)
	a.Payment, status = stripeWithTax(t)
	status("active")
	return a
}

// stripeWithTax is a simulated Stripe instead of the one that a live key leads
// to, and what sets the status of its tax settings.
func stripeWithTax(t *testing.T) (*payment.Client, func(status string)) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	at := "http://" + server.Listener.Addr().String()
	sim, err := stripesim.Open(stripesim.Options{File: filepath.Join(t.TempDir(), "sim.db"), BaseURL: at, SecretKey: "sk_test_tax", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = sim.Handler()
	server.Start()
	t.Cleanup(func() { server.Close(); _ = sim.Close() })
	return payment.New(payment.Options{APIURL: at, Key: "sk_test_tax", Log: slog.New(slog.DiscardHandler)}), func(status string) {
		r, err := http.PostForm(at+"/_sim/tax", url.Values{"status": {status}})
		if err != nil || r.StatusCode != 200 {
			t.Fatalf("setting the tax settings: %v %v", r, err)
		}
		_ = r.Body.Close()
	}
}

// serves says why a shop does not begin to serve, nil when it does.
func serves(t *testing.T, a *app.App) error {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	began := false
	err := a.Serve(ctx, func(app.Addresses) { began = true; stop() })
	if err == nil && !began {
		t.Error("it ended without serving")
	}
	return err
}

func TestProductionWithoutTaxesNeedsAReason(t *testing.T) {
	a := inEarnest(t, "off")
	err := serves(t, a)
	if err == nil || !strings.Contains(err.Error(), "STRIPE_TAX is off and the settings do not say why") {
		t.Fatalf("without a reason it says %v", err)
	}
	if _, err := a.Settings.Set(t.Context(), "tax_off_reason", "We sell where there is no sales tax", shop.ByCommand); err != nil {
		t.Fatal(err)
	}
	if err := serves(t, a); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	_, err = a.Settings.Set(t.Context(), "tax_off_reason", " ", shop.ByCommand)
	if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(err.Error(), "tax_off_reason") {
		t.Errorf("the reason can be taken away: %v", err)
	}
}

func TestProductionWithTaxesNeedsNoReasonButStripesSettings(t *testing.T) {
	a := inEarnest(t, "on")
	if err := serves(t, a); err != nil {
		t.Error(err)
	}
	var status func(string)
	a.Payment, status = stripeWithTax(t)
	status("pending")
	if err := serves(t, a); err == nil || !strings.Contains(err.Error(), "Stripe Tax is not active, since its settings lack head_office") {
		t.Errorf("with settings that lack something: %v", err)
	}
	a.Payment = payment.New(payment.Options{APIURL: "http://127.0.0.1:1", Key: "sk_test_tax", Log: slog.New(slog.DiscardHandler)})
	if err := serves(t, a); err != nil {
		t.Errorf("while Stripe is out of reach: %v", err)
	}
}

func TestTheBagOfAShopWithoutTaxesDoesNotSpeakOfThem(t *testing.T) {
	for tax, want := range map[string]string{"on": "Taxes and shipping calculated at checkout", "off": "Shipping calculated at checkout"} {
		t.Run(tax, func(t *testing.T) {
			s := apptest.StartWith(t, map[string]string{"STRIPE_TAX": tax})
			s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 9000, Sizes: []string{"9"}, Stock: 2})
			bag := s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("").Must(200, "Your Bag", want)
			if speaks := strings.Contains(strings.ToLower(bag.Text()), "tax"); speaks != (tax == "on") {
				t.Errorf("speaks of taxes: %v in %.900s", speaks, bag.Text())
			}
		})
	}
}
