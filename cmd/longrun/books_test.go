package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"longrun/internal/app"
	"longrun/internal/config"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// shellWithOrders is a shell on a shop with one waiting and one cancelled
// order, and a raw connection to its file.
func shellWithOrders(t *testing.T) (longrun func(args ...string) (code int, stdout, stderr string), raw *sql.DB) {
	t.Helper()
	dir := t.TempDir()
	env := map[string]string{"DATABASE_URL": "sqlite:" + filepath.Join(dir, "longrun.db"), "DATA_DIR": dir}
	getenv := func(name string) string { return env[name] }
	c, err := config.Read(getenv)
	if err != nil {
		t.Fatal(err)
	}
	e := &environment{Stderr: &strings.Builder{}}
	a, err := app.Open(t.Context(), c, e.log(c))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.DB.Transact(t.Context(), placeTwo); err != nil {
		t.Fatal(err)
	}
	raw, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "longrun.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return func(args ...string) (int, string, string) {
		var out, errs strings.Builder
		code := run(context.Background(), args, getenv, strings.NewReader(""), &out, &errs)
		return code, out.String(), errs.String()
	}, raw
}

func placeTwo(ctx context.Context, tx *database.Tx) error {
	for range 2 {
		order := shop.Order{CartID: 1, State: shop.OrderPending, Currency: "usd", SettingsVersion: 1, ZoneCode: "us", Subtotal: 14500, Shipping: 800, Total: 15300,
			Lines: []shop.OrderLine{{Position: 1, Title: "Tern Racer", VariantTitle: "9 / D", Price: 14500, Quantity: 1, Amount: 14500}}}
		if err := tx.InsertOrder(ctx, &order); err != nil {
			return err
		}
		if err := tx.AddStep(ctx, shop.Step{ThingKind: "order", ThingID: int64(order.ID), ToState: "pending", Cause: "checkout", Who: shop.ByShopper}); err != nil {
			return err
		}
		if _, err := tx.NewLink(ctx, shop.LinkOrder, int64(order.ID), nil); err != nil {
			return err
		}
		if err := tx.MoveOrder(ctx, &order, shop.OrderCancelled, "changed my mind", shop.ByShopper); err != nil {
			return err
		}
	}
	return nil
}

func TestVerifyExitsByWhatItFinds(t *testing.T) {
	longrun, raw := shellWithOrders(t)
	if code, out, errs := longrun("verify"); code != 0 || !strings.Contains(out, "0 violations") {
		t.Fatalf("a sound shop: exit %d\n%s%s", code, out, errs)
	}
	if _, err := raw.Exec("UPDATE orders SET review = 'the address is odd' WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := longrun("verify"); code != 0 || !strings.Contains(out, "notice: order 1 needs review: the address is odd\n") {
		t.Errorf("with a notice: exit %d\n%s", code, out)
	}
	if _, err := raw.Exec("UPDATE order_units SET paid_net = 1 WHERE order_id = 2"); err != nil {
		t.Fatal(err)
	}
	const want = "order 2, line 2: its units come to 1 cents, the line to 14500"
	if code, out, _ := longrun("verify"); code != 1 || !strings.Contains(out, "violation (3): "+want+"\n") {
		t.Errorf("with a violation: exit %d\n%s", code, out)
	}
	code, out, _ := longrun("verify", "--json")
	var v verdict
	if err := json.Unmarshal([]byte(out), &v); err != nil || code != 1 || len(v.Violations) != 1 || v.Violations[0].Line != want || len(v.Notices) != 1 {
		t.Errorf("as JSON: exit %d, %v\n%s", code, err, out)
	}
}

func TestTheRefundsOfAnOrderAreShown(t *testing.T) {
	longrun, raw := shellWithOrders(t)
	for _, statement := range []string{
		`INSERT INTO payment_attempts (id, order_id, reference, state, idempotency_key, params, amount, currency, url, expires_at, payment_intent, charge_id, card_brand, card_last4, created_at)
			VALUES (1, 1, 'r', 'expired', 'k', '{}', 15300, 'usd', '', 0, '', '', '', '', 0)`,
		`INSERT INTO refunds (order_id, attempt_id, amount, cause, state, idempotency_key, last_error, created_at, shipping, goodwill, given_before, reason)
			VALUES (1, 1, 850, 'staff', 'failed', 'k', 'the card was lost or stolen', 0, 800, 100, 50, 'Sorry.')`,
	} {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	_, out, _ := longrun("orders", "show", "--id", "1")
	for _, want := range []string{"refund 1 (staff) $8.50, failed", "Shipping $8.00", "Goodwill $1.00", "Given back before -$0.50", "the card was lost or stolen"} {
		if !strings.Contains(out, want) {
			t.Errorf("shown without %q:\n%s", want, out)
		}
	}
	_, out, _ = longrun("orders", "show", "--id", "1", "--json")
	var view orderView
	if err := json.Unmarshal([]byte(out), &view); err != nil || len(view.Refunds) != 1 || len(view.Refunds[0].Parts) != 3 || view.Refunds[0].Reason != "Sorry." {
		t.Errorf("as JSON: %v\n%s", err, out)
	}
}

func TestOrdersAreListedAndShown(t *testing.T) {
	longrun, _ := shellWithOrders(t)
	_, out, _ := longrun("orders", "list", "--json")
	var list []orderView
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 2 || list[0].ID != 2 || list[0].Total != 15300 {
		t.Fatalf("listed %v\n%s", err, out)
	}
	if _, out, _ := longrun("orders", "list", "--before", "2"); strings.Count(out, "\n") != 2 || !strings.Contains(out, "$153.00") {
		t.Errorf("before the second:\n%s", out)
	}
	_, out, _ = longrun("orders", "show", "--id", "1")
	for _, want := range []string{"Order - (id 1), cancelled", "1 x Tern Racer 9 / D, $145.00", "total $153.00", "changed my mind (shopper)", "/orders/"} {
		if !strings.Contains(out, want) {
			t.Errorf("shown without %q:\n%s", want, out)
		}
	}
	_, out, _ = longrun("orders", "show", "--id", "1", "--json")
	var view orderView
	if err := json.Unmarshal([]byte(out), &view); err != nil || len(view.Lines) != 1 || len(view.Steps) != 2 {
		t.Errorf("as JSON: %v\n%s", err, out)
	}
}

func TestOrdersAndSettingsRefuseWhatMakesNoSense(t *testing.T) {
	longrun, _ := shellWithOrders(t)
	tests := []struct {
		name string
		args string
		code int
		says string
	}{
		{"no word", "orders", exitUsage, "orders list"},
		{"no number", "orders show", exitUsage, "orders list"},
		{"a number and an id", "orders show 1001 --id 1", exitUsage, "orders list"},
		{"no number but a word", "orders show first", exitUsage, `"first" is not an order number`},
		{"an unknown order", "orders show 4711", exitFault, "no such order"},
		{"a list of nothing", "orders list --limit 0", exitUsage, "orders list"},
		{"a setting without a value", "settings set shop_name", exitUsage, "settings show"},
		{"an unknown setting", "settings set shoe_name x", exitFault, `no setting "shoe_name"`},
		{"a price with a point", "settings set free_shipping_over 1.5", exitFault, "whole number"},
		{"a word after verify", "verify me", exitUsage, "longrun verify"},
		{"help", "orders --help", exitOK, "orders list"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := longrun(strings.Fields(tt.args)...)
			if code != tt.code || !strings.Contains(errs, tt.says) || out != "" {
				t.Errorf("exit %d, want %d\n%s%s", code, tt.code, out, errs)
			}
		})
	}
}

func TestSettingsAreShownAndSet(t *testing.T) {
	longrun, _ := shellWithOrders(t)
	if code, out, errs := longrun("settings", "set", "free_shipping_over", "12000"); code != 0 || out != "free_shipping_over 12000\n(version 2)\n" {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	_, out, _ := longrun("settings", "show")
	for _, want := range []string{"free_shipping_over 12000\n", "zones.us-ak.on false\n", `Shoes\n12 River`} {
		if !strings.Contains(out, want) {
			t.Errorf("shown without %q:\n%s", want, out)
		}
	}
	_, out, _ = longrun("settings", "show", "--json")
	var s struct {
		Version int64 `json:"version"`
		shop.Settings
	}
	if err := json.Unmarshal([]byte(out), &s); err != nil || s.Version != 2 || s.FreeShippingOver != 12000 {
		t.Errorf("as JSON: %v\n%s", err, out)
	}
	if code, _, errs := longrun("verify"); code != 0 {
		t.Errorf("verify afterwards: exit %d\n%s", code, errs)
	}
}
