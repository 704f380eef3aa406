package staff_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// TestBadInputChangesNoOrder sends what no page would send.
func TestBadInputChangesNoOrder(t *testing.T) {
	s, owner := open(t)
	tern(s)
	mine, other := buy(t, s, buying{quantity: "2"}), buy(t, s, buying{})
	token := session(t, s, owner)
	unit, foreign := fmt.Sprint(mine.Lines[0].Units[0].ID), fmt.Sprint(other.Lines[0].Units[0].ID)
	ship, cancel := orderPage(mine)+"/ship", orderPage(mine)+"/cancel"
	good := url.Values{"unit": {unit}, "tracking": {"1Z999AA10123456784"}, "key": {"a-key-of-a-form"}}
	with := func(name string, values ...string) url.Values {
		v := url.Values{}
		for n, list := range good {
			v[n] = list
		}
		v[name] = values
		return v
	}
	before := snapshot(t, s, mine, other)
	for name, test := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"a piece of another order":      {ship, with("unit", foreign), 422},
		"a piece and another's":         {ship, with("unit", unit, foreign), 422},
		"no piece":                      {ship, with("unit"), 422},
		"a piece that is no number":     {ship, with("unit", "1 OR 1=1"), 422},
		"full-width digits":             {ship, with("unit", "１"), 422},
		"a negative piece":              {ship, with("unit", "-1"), 422},
		"a tracking number of 300":      {ship, with("tracking", strings.Repeat("9", 300)), 422},
		"a script for an address":       {ship, with("tracking", "javascript:alert(1)"), 422},
		"an address without its s":      {ship, with("tracking", "http://carrier.example/1"), 422},
		"an address with a password":    {ship, with("tracking", "https://a:b@carrier.example/1"), 422},
		"a tracking number in two rows": {ship, with("tracking", "1Z\r\nBcc: x@example.com"), 422},
		"a long carrier":                {ship, with("carrier", strings.Repeat("x", 300)), 422},
		"no key":                        {ship, with("key", ""), 422},
		"an order that is none":         {"/staff/orders/999999/ship", good, 404},
		"an order that is no number":    {"/staff/orders/1e3/ship", good, 404},
		"another order in a field":      {"/staff/orders/999999/ship", with("order", fmt.Sprint(mine.ID)), 404},

		"cancelling another's piece":      {cancel, url.Values{"units": {foreign}, "expected": {"14000"}, "key": {"a-key-of-a-form"}}, 422},
		"cancelling for another sum":      {cancel, url.Values{"units": {unit}, "expected": {"1"}, "key": {"a-key-of-a-form"}}, 409},
		"cancelling for a negative sum":   {cancel, url.Values{"units": {unit}, "expected": {"-14000"}, "key": {"a-key-of-a-form"}}, 409},
		"cancelling for no sum":           {cancel, url.Values{"units": {unit}, "key": {"a-key-of-a-form"}}, 409},
		"cancelling nothing that is said": {cancel, url.Values{"units": {""}, "expected": {"28000"}, "key": {"a-key-of-a-form"}}, 422},
		"cancelling without a key":        {cancel, url.Values{"units": {unit}, "expected": {"14000"}}, 422},
		"cancelling with a long reason":   {cancel, url.Values{"units": {unit}, "expected": {"14000"}, "key": {"a-key-of-a-form"}, "reason": {strings.Repeat("x", 600)}}, 422},

		"a note of nothing":               {orderPage(mine) + "/notes", url.Values{"text": {"  "}}, 422},
		"a note without end":              {orderPage(mine) + "/notes", url.Values{"text": {strings.Repeat("x", 10_000)}}, 422},
		"letting go what nobody stopped":  {orderPage(mine) + "/review", url.Values{"text": {"fine"}}, 409},
		"fulfilling nothing":              {"/staff/orders/fulfil", url.Values{}, 422},
		"fulfilling what is no order":     {"/staff/orders/fulfil", url.Values{"order": {"x"}}, 422},
		"fulfilling too many":             {"/staff/orders/fulfil", url.Values{"order": strings.Fields(strings.Repeat("1 ", 101))}, 422},
		"fulfilling without a number":     {"/staff/orders/fulfil", url.Values{"order": {fmt.Sprint(mine.ID)}, fmt.Sprintf("key-%d", mine.ID): {"a-key-of-a-form"}}, 422},
		"fulfilling with a script":        {"/staff/orders/fulfil", url.Values{"order": {fmt.Sprint(mine.ID)}, fmt.Sprintf("tracking-%d", mine.ID): {"javascript:alert(1)"}, fmt.Sprintf("key-%d", mine.ID): {"a-key-of-a-form"}}, 422},
		"fields without number":           {"/staff/orders/fulfil", url.Values{"order": strings.Fields(strings.Repeat("1 ", 600))}, 400},
		"the parcel of nobody":            {orderPage(mine) + "/parcels/999/undo", url.Values{"why": {"x"}}, 404},
		"numbers smuggled into the order": {orderPage(mine) + "/notes", url.Values{"text": {""}, "state": {"cancelled"}, "total": {"0"}, "number": {"1"}}, 422},
	} {
		if a := ask(t, s, "POST", test.path, token, test.form); a.status != test.status {
			t.Errorf("%s answers %d, want %d", name, a.status, test.status)
		}
	}
	for _, path := range []string{"?tab=nothing", "?after=1", "?after=x.y", "?after=-1.-1", "?q=%00", "?q=" + strings.Repeat("x", 1500), "?first=x&tab=all", "?q=%25_%5C", "?q=1&before=x", "/-1", "/0", "/1%2e0",
		"/pack?o=x&o=-1&o=999999", "/pack?oldest=99999", "/pack?oldest=x", "/fulfil?o=1&o=1", "/1/cancel?line-1=-1", "/1/cancel?line-1=99999999999999999999"} {
		if a := ask(t, s, "GET", "/staff/orders"+path, token, nil); a.status >= 500 {
			t.Errorf("%s answers %d", path, a.status)
		}
	}
	if after := snapshot(t, s, mine, other); after != before {
		t.Errorf("something has changed:\n%s\n%s", before, after)
	}

	// A parcel is found under its own order only.
	if a := ask(t, s, "POST", ship, token, good); a.status != 303 {
		t.Fatalf("the good form: %d", a.status)
	}
	parcels, err := s.App.DB.ParcelsOfOrder(t.Context(), mine.ID)
	if err != nil || len(parcels) != 1 {
		t.Fatal(parcels, err)
	}
	for _, what := range []string{"correct", "undo", "delivered", "not-delivered"} {
		form := url.Values{"why": {"x"}, "version": {"1"}, "tracking": {"1"}}
		if a := ask(t, s, "POST", fmt.Sprintf("%s/parcels/%d/%s", orderPage(other), parcels[0].ID, what), token, form); a.status != 404 {
			t.Errorf("%s under another order answers %d", what, a.status)
		}
	}
	if now, err := s.App.DB.Parcel(t.Context(), parcels[0].ID); err != nil || now.Version != parcels[0].Version || now.State != shop.ParcelShipped {
		t.Errorf("%+v %v", now, err)
	}
	s.Verify()
}

// TestMarkupInOrdersStaysText puts markup and formulas into everything that a
// shopper and staff can write.
func TestMarkupInOrdersStaysText(t *testing.T) {
	s, owner := open(t)
	tern(s)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	buyer := url.Values{"name": {"=1+1" + evil}, "address-line1": {"@SUM(1)" + evil}, "address-level2": {"+1" + evil}}
	order := buy(t, s, buying{note: "-1" + evil, gift: evil, buyer: buyer})
	token := session(t, s, owner)
	for path, form := range map[string]url.Values{"/notes": {"text": {evil}}, "/cancel": {"units": {"1"}, "reason": {evil}, "expected": {"1"}, "key": {"a-key-of-a-form"}}} {
		ask(t, s, "POST", orderPage(order)+path, token, form)
	}
	pages := []string{"/staff/orders", "/staff/orders?tab=all", orderPage(order), orderPage(order) + "/cancel", "/staff/orders/pack?oldest=5", "/staff/orders/fulfil?oldest=5", "/staff/orders?q=" + url.QueryEscape(evil)}
	look := func() {
		for _, path := range pages {
			a := ask(t, s, "GET", path, token, nil)
			if a.status != 200 && a.status != 409 || strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img src=x") {
				t.Errorf("%s shows markup, %d", path, a.status)
			}
		}
	}
	look()
	file := ask(t, s, "GET", "/staff/orders/to-ship.csv", token, nil)
	rows, err := csv.NewReader(strings.NewReader(file.body)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, cell := range rows[1] {
		if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") {
			t.Errorf("the cell %q begins a formula", cell)
		}
	}
	if a := ask(t, s, "POST", orderPage(order)+"/ship", token, url.Values{"whole": {"1"}, "key": {"a-key-of-a-form"}, "carrier": {`<i onclick=x>`}, "tracking": {`"><script>alert(1)</script>`}}); a.status != 303 {
		t.Errorf("a tracking number of markup: %d", a.status)
	}
	look()
}

// snapshot is what bad input must not change.
func snapshot(t *testing.T, s *apptest.Shop, orders ...shop.Order) string {
	t.Helper()
	text := ""
	for _, o := range orders {
		now, err := s.App.DB.OrderByID(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		file, err := s.App.DB.OrderFile(t.Context(), &now, 10)
		if err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintf("%s %s %d %q %d waiting, %d parcels, %d refunds, %d steps\n",
			now.State, now.Fulfilment, *now.Number, now.Review, len(now.Waiting()), len(file.Parcels), len(file.Refunds), len(file.Steps))
	}
	return text
}
