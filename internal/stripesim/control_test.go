package stripesim

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOtherSitesCannotSteerTheSimulator(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	tests := []struct {
		name    string
		path    string
		headers map[string]string
		refused bool
	}{
		{"a script without a browser", "/_sim/clock", nil, false},
		{"the simulator's own page", "/_sim/clock", map[string]string{"Sec-Fetch-Site": "same-origin"}, false},
		{"an address typed in", "/_sim/clock", map[string]string{"Sec-Fetch-Site": "none"}, false},
		{"another site", "/_sim/clock", map[string]string{"Sec-Fetch-Site": "cross-site"}, true},
		{"another port of this host", "/_sim/clock", map[string]string{"Sec-Fetch-Site": "same-site"}, true},
		{"an old browser on another site", "/_sim/clock", map[string]string{"Origin": "http://evil.test"}, true},
		{"a page whose address the browser hides", "/_sim/clock",
			map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, false},
		{"a page without an origin", "/_sim/clock", map[string]string{"Origin": "null"}, true},
		{"another site pressing Pay", "/pay/" + id, map[string]string{"Sec-Fetch-Site": "cross-site"}, true},
		{"another site passing 3-D Secure", "/pay/" + id + "/authenticate", map[string]string{"Sec-Fetch-Site": "cross-site"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := url.Values{"advance": {"1s"}}
			if status, body := w.send("POST", tt.path, form, tt.headers); (status == 403) != tt.refused {
				t.Errorf("%d %s", status, body)
			}
		})
	}
}

func TestASwitchIsReadAsFormAndAsJSON(t *testing.T) {
	w := newWorld(t)
	w.control("/_sim/faults", url.Values{"kind": {"slow"}, "match": {"GET *"}, "count": {"2"}, "ms": {"5"}})
	w.raw("POST", "/_sim/faults", `{"kind":"drop","count":0}`, map[string]string{"Content-Type": "application/json"})
	var got struct{ Faults []fault }
	_, body := w.send("GET", "/_sim/faults", nil, nil)
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	want := []fault{{ID: 1, Kind: "slow", Match: "GET *", Left: 2, MS: 5}, {ID: 2, Kind: "drop", Forever: true}}
	if diff := cmp.Diff(want, got.Faults); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []url.Values{{"kind": {"explode"}}, {"kind": {"slow"}, "count": {"-1"}}, {"kind": {"slow"}, "ms": {"x"}}} {
		if status, body := w.control("/_sim/faults", bad); status != 400 {
			t.Errorf("%v: %d %s", bad, status, body)
		}
	}
	w.send("DELETE", "/_sim/faults", nil, nil)
	if _, body := w.send("GET", "/_sim/faults", nil, nil); !strings.Contains(body, `"faults": []`) {
		t.Errorf("%s", body)
	}
}

func TestScriptsPayAndReadTheBooks(t *testing.T) {
	w := newWorld(t)
	paid, declined, secure := w.newSession().ID, w.newSession().ID, w.newSession().ID
	tests := []struct {
		name, id string
		form     url.Values
		status   int
		want     string
	}{
		{"a declined card", declined, url.Values{"card": {"4000000000000002"}}, 402, "generic_decline"},
		{"a form that is refused", declined, url.Values{"card": {"1234"}}, 422, "card_number"},
		{"3-D Secure failed", secure, url.Values{"card": {"4000002500003155"}, "authenticate": {"fail"}}, 402, "authentication_failure"},
		{"3-D Secure passed", secure, url.Values{"card": {"4000002500003155"}}, 200, `"state": "paid"`},
		{"the usual card", paid, nil, 200, `"payment_status": "paid"`},
		{"the same again", paid, nil, 409, `"state": "closed"`},
		{"an unknown session", "cs_test_x", nil, 404, "No such checkout.session"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if status, body := w.pay(tt.id, tt.form); status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	var got struct{ Sessions []sessionLine }
	_, body := w.send("GET", "/_sim/sessions?status=complete", nil, nil)
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Sessions) != 2 || got.Sessions[0].ID != secure {
		t.Errorf("%s %v", body, err)
	}
	if _, body := w.send("GET", "/_sim/refunds", nil, nil); !strings.Contains(body, `"refunds": []`) {
		t.Errorf("%s", body)
	}
	if status, _ := w.control("/_sim/sessions/"+paid+"/expire", nil); status != 409 {
		t.Errorf("expiring a paid session answered %d", status)
	}
}
