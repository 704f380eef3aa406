package staff_test

import (
	"net/url"
	"strings"
	"testing"
)

// TestErrorsAreShownAsPagesOfTheStaffArea asks for what fails in each way.
func TestErrorsAreShownAsPagesOfTheStaffArea(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	for _, tt := range []struct {
		name, method, path, site string
		status                   int
		says                     string
	}{
		{"an address that is not there", "GET", "/staff/nowhere", "same-origin", 404, "The staff area has no page at this address."},
		{"another method", "DELETE", "/staff", "same-origin", 405, "does not take that kind of request"},
		{"another method at a page", "DELETE", "/staff/orders", "same-origin", 404, "no page at this address"},
		{"a form's address that is opened", "GET", "/staff/stock/adjust", "same-origin", 404, "no page at this address"},
		{"a form of another site", "POST", "/staff/sign-out", "cross-site", 403, "did not come from the shop"},
		{"something that is not a number", "GET", "/staff/orders/x", "same-origin", 404, "There is nothing here"},
	} {
		a := ask(t, s, tt.method, tt.path, token, url.Values{}, "Sec-Fetch-Site", tt.site)
		for _, want := range []string{tt.says, "css/staff.", "Audit log</a>", "To the start page"} {
			if !strings.Contains(a.body, want) {
				t.Errorf("%s: the page lacks %q: %.400s", tt.name, want, a.body)
			}
		}
		if a.status != tt.status || !strings.Contains(a.header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s answers %d, %q", tt.name, a.status, a.header.Get("Cache-Control"))
		}
	}
}

// TestWhoIsNotSignedInLearnsNoAddress asks for what there is and what not.
func TestWhoIsNotSignedInLearnsNoAddress(t *testing.T) {
	s, _ := open(t)
	for _, path := range []string{"/staff", "/staff/orders", "/staff/nowhere", "/staff/stock/adjust"} {
		for _, method := range []string{"PUT", "GET"} {
			if a := ask(t, s, method, path, "", nil); a.status != 303 || !strings.HasPrefix(a.location, "/staff/sign-in") || strings.Contains(a.body, "Audit log") {
				t.Errorf("%s %s answers %d %s", method, path, a.status, a.location)
			}
		}
	}
}

// TestTheShopsOwnErrorsStayTheShops keeps to the staff area what is its own.
func TestTheShopsOwnErrorsStayTheShops(t *testing.T) {
	s, owner := open(t)
	for _, path := range []string{"/nowhere", "/staffing"} {
		a := ask(t, s, "GET", path, session(t, s, owner), nil)
		if a.status != 404 || strings.Contains(a.body, "css/staff.") || !strings.Contains(a.body, "css/shop.") {
			t.Errorf("%s answers %d: %.300s", path, a.status, a.body)
		}
	}
}

// TestWithoutADatabaseTheStaffAreaStillSaysSo closes it under the server.
func TestWithoutADatabaseTheStaffAreaStillSaysSo(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	if err := s.App.DB.Close(); err != nil {
		t.Fatal(err)
	}
	a := ask(t, s, "GET", "/staff/orders", token, nil)
	if a.status < 500 || !strings.Contains(a.body, "css/staff.") || strings.Contains(a.body, "Audit log") {
		t.Errorf("it answers %d: %.600s", a.status, a.body)
	}
	if a.status == 500 && !strings.Contains(a.body, "The log has it under") {
		t.Errorf("the page has no reference: %.600s", a.body)
	}
}
