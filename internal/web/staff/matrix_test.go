package staff_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/apptest"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// matrix is who may ask what. "anybody" are those who are not signed in, too;
// a route that is not in it fails the test.
var matrix = together(accountMatrix, collectionMatrix, discountMatrix, disputeMatrix, messageMatrix, orderMatrix, privacyMatrix, productMatrix, returnMatrix, settingsMatrix, stockMatrix, systemMatrix)

// together joins the parts of the matrix.
func together(parts ...map[string]string) map[string]string {
	whole := map[string]string{}
	for _, part := range parts {
		maps.Copy(whole, part)
	}
	return whole
}

// accountMatrix is for signing in, accounts and the audit log.
var accountMatrix = map[string]string{
	"GET /staff/sign-in":                     "anybody",
	"POST /staff/sign-in":                    "anybody",
	"GET /staff/sign-in/code":                "anybody",
	"POST /staff/sign-in/code":               "anybody",
	"GET /staff/invitation/:token":           "anybody",
	"POST /staff/invitation/:token":          "anybody",
	"POST /staff/sign-out":                   "anybody",
	"GET /staff":                             "owner manager support editor",
	"GET /staff/account":                     "owner manager support editor",
	"POST /staff/account/password":           "owner manager support editor",
	"POST /staff/account/sessions":           "owner manager support editor",
	"GET /staff/account/second-step":         "owner manager support editor",
	"POST /staff/account/second-step":        "owner manager support editor",
	"GET /staff/account/second-step/qr.png":  "owner manager support editor",
	"POST /staff/account/second-step/remove": "owner manager support editor",
	"POST /staff/account/recovery-codes":     "owner manager support editor",
	"GET /staff/confirm":                     "owner manager support editor",
	"POST /staff/confirm":                    "owner manager support editor",
	"GET /staff/people":                      "owner",
	"GET /staff/people/invite":               "owner",
	"POST /staff/people/invite":              "owner",
	"GET /staff/people/:id":                  "owner",
	"POST /staff/people/:id/role":            "owner",
	"POST /staff/people/:id/disable":         "owner",
	"POST /staff/people/:id/enable":          "owner",
	"POST /staff/people/:id/link":            "owner",
	"GET /staff/audit":                       "owner manager",
}

func TestEveryRouteLetsInWhomTheMatrixNames(t *testing.T) {
	s, owner := open(t)
	people := map[string]shop.Staff{"owner": owner}
	for _, role := range []shop.StaffRole{shop.RoleManager, shop.RoleSupport, shop.RoleEditor} {
		people[string(role)] = hire(t, s, string(role)+"@shop.example", role)
	}
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	bag := ask(t, s, "POST", "/cart/add", "", url.Values{"id": {fmt.Sprint(p.Variants[0].ID)}, "quantity": {"1"}})

	e := echo.New()
	staff.New(staff.Options{}).Routes(e)
	seen := map[string]bool{}
	for _, route := range e.Routes() {
		if route.Method == echo.HEAD || route.Method == echo.RouteNotFound {
			continue
		}
		name := route.Method + " " + route.Path
		seen[name] = true
		allowed, ok := matrix[name]
		if !ok {
			t.Errorf("%s has no row in the matrix", name)
			continue
		}
		path := strings.NewReplacer(":id", "999999", ":token", strings.Repeat("a", 26)).Replace(route.Path)
		for _, who := range []string{"nobody", "shopper", "owner", "manager", "support", "editor"} {
			token, headers := "", []string{}
			switch who {
			case "nobody":
			case "shopper":
				headers = []string{"Cookie", bag.header.Get("Set-Cookie")}
			default:
				token = session(t, s, people[who])
			}
			a := ask(t, s, route.Method, path, token, nil, headers...)
			turnedAway := a.status == 303 && strings.HasPrefix(a.location, "/staff/sign-in")
			switch {
			case allowed == "anybody":
				if a.status == 403 || a.status >= 500 {
					t.Errorf("%s as %s answers %d", name, who, a.status)
				}
				continue
			case slices.Contains(strings.Fields(allowed), who):
				if a.status == 403 || turnedAway || a.status >= 500 {
					t.Errorf("%s as %s answers %d %s", name, who, a.status, a.location)
				}
			case token == "" && !turnedAway:
				t.Errorf("%s as %s answers %d %s, not with the sign-in page", name, who, a.status, a.location)
			case token != "" && a.status != 403:
				t.Errorf("%s as %s answers %d, want 403", name, who, a.status)
			}
			if got := a.header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
				t.Errorf("%s as %s may be kept: %q", name, who, got)
			}
		}
	}
	for name := range matrix {
		if !seen[name] {
			t.Errorf("the matrix has %s, which is no route", name)
		}
	}
	for role, who := range people {
		if now, err := s.App.DB.StaffByID(t.Context(), who.ID); err != nil || string(now.Role) != role || now.State != shop.StaffActive {
			t.Errorf("asking has changed %s: %+v %v", role, now, err)
		}
	}
}

// TestNoGETOfTheStaffAreaWrites asks every page twice and looks at the audit
// log and at the people, which a page must not change.
func TestNoGETOfTheStaffAreaWrites(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	before, err := s.App.DB.AuditHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name := range matrix {
		method, path, _ := strings.Cut(name, " ")
		if method == "GET" {
			ask(t, s, method, strings.NewReplacer(":id", fmt.Sprint(owner.ID), ":token", "x").Replace(path)+"?role=editor&done=x&next=//evil.example", token, nil)
		}
	}
	after, err := s.App.DB.AuditHead(t.Context())
	if err != nil || after.Count != before.Count {
		t.Errorf("%d entries before, %d after, %v", before.Count, after.Count, err)
	}
	if now, err := s.App.DB.StaffByID(t.Context(), owner.ID); err != nil || now.Role != shop.RoleOwner {
		t.Errorf("%+v %v", now, err)
	}
}
