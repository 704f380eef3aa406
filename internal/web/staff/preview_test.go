package staff_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"longrun/internal/shop"
)

// TestADraftIsSeenByStaffAlone asks for the page of a draft as everybody.
func TestADraftIsSeenByStaffAlone(t *testing.T) {
	s, owner := open(t)
	draft := shop.Product{
		Title: "Tern <i>Racer</i>", Handle: "tern", Description: "<p>Not yet told.</p>", Status: shop.ProductDraft, Published: true,
		Options: []shop.ProductOption{{Name: "Size"}, {Name: "Width"}},
		Variants: []shop.Variant{
			{Option1: "9", Option2: "D", Price: 14_000, Tracked: true, Stock: shop.StockLevel{OnHand: 4}},
			{Option1: "9", Option2: "2E", Price: 15_000, Tracked: true, Stock: shop.StockLevel{OnHand: 4}},
		},
	}
	if err := s.App.Catalog.Create(t.Context(), shop.ByCommand, &draft); err != nil {
		t.Fatal(err)
	}
	preview := fmt.Sprintf("/staff/products/%d/preview", draft.ID)
	people := map[string]string{"owner": session(t, s, owner)}
	for _, role := range []shop.StaffRole{shop.RoleManager, shop.RoleSupport, shop.RoleEditor} {
		people[string(role)] = session(t, s, hire(t, s, string(role)+"@shop.example", role))
	}
	for name, token := range people {
		for range 2 {
			a := ask(t, s, http.MethodGet, preview, token, nil)
			for _, says := range []string{"Preview: not visible to shoppers.", "Not yet told.", "Tern &lt;i&gt;Racer", "$140.00", "disabled", `content="noindex"`} {
				if a.status != http.StatusOK || !strings.Contains(a.body, says) {
					t.Errorf("%s: %d without %q", name, a.status, says)
				}
			}
			if a.header.Get("Cache-Control") != "private, no-store" || a.header.Get("X-Robots-Tag") != "noindex" || strings.Contains(a.body, "ld+json") || strings.Contains(a.body, "canonical") {
				t.Errorf("%s: it may be kept: %v", name, a.header)
			}
			if strings.Contains(a.body, "Add to bag") || !strings.Contains(a.body, fmt.Sprintf("%s?variant=%d", preview, draft.Variants[1].ID)) {
				t.Errorf("%s: it can be bought, or its widths lead away", name)
			}
		}
		if a := ask(t, s, http.MethodGet, fmt.Sprintf("%s?variant=%d", preview, draft.Variants[1].ID), token, nil); !strings.Contains(a.body, "$150.00") {
			t.Errorf("%s: the other width does not cost what it does", name)
		}
		for _, address := range []string{"/products/tern", "/products/tern.js"} {
			if a := ask(t, s, http.MethodGet, address, token, nil); a.status != http.StatusNotFound {
				t.Errorf("%s: %s is %d", name, address, a.status)
			}
		}
	}
	shopper := s.Shopper(t)
	shopper.Get("/products/tern").Must(404).MustNot("Not yet told")
	for _, token := range []string{"", strings.Repeat("A", 26), "x' OR 1=1"} {
		a := ask(t, s, http.MethodGet, preview, token, nil)
		if a.status != http.StatusSeeOther || !strings.HasPrefix(a.location, "/staff/sign-in") || strings.Contains(a.body, "Tern") {
			t.Errorf("nobody gets %d to %q", a.status, a.location)
		}
	}
	if a := ask(t, s, http.MethodGet, "/staff/products/99/preview", people["owner"], nil); a.status != http.StatusNotFound {
		t.Errorf("of nothing it is %d", a.status)
	}
	if err := s.App.Catalog.SetStatus(t.Context(), owner.Actor(), []shop.ProductID{draft.ID}, shop.ProductActive); err != nil {
		t.Fatal(err)
	}
	if a := ask(t, s, http.MethodGet, preview, people["editor"], nil); !strings.Contains(a.body, "shoppers see this page, too") {
		t.Error("the preview of a visible product says that it is hidden")
	}
}
