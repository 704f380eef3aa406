package staff_test

import (
	"fmt"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
	"longrun/internal/waiting"
)

func TestStaffSeeHowManyWaitAndNotWho(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	owner := session(t, s, hire(t, s, "owner@shop.example", shop.RoleOwner))
	if a := ask(t, s, "GET", "/staff/stock/waiting", owner, nil); a.status != 200 || !strings.Contains(a.body, "Nobody waits for a size.") {
		t.Errorf("without anybody it is %d: %s", a.status, a.body)
	}
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 0})
	for _, email := range []string{"ada@runner.example", "ben@runner.example", "eve@runner.example"} {
		if err := s.App.Waiting.Ask(t.Context(), waiting.Asked{Variant: p.Variants[1].ID, Email: email, Network: email}); err != nil {
			t.Fatal(err)
		}
		w, err := s.App.DB.OpenWait(t.Context(), p.Variants[1].ID, email)
		if err != nil {
			t.Fatal(err)
		}
		if email == "eve@runner.example" { // she never says yes
			continue
		}
		if err := s.App.Waiting.Join(t.Context(), w.ID); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []string{"/staff/stock/waiting", "/staff/stock?q=Tern", fmt.Sprintf("/staff/products/%d", p.ID)} {
		a := ask(t, s, "GET", at, owner, nil)
		if a.status != 200 || strings.Count(a.body, "2 wait") != 1 || strings.Contains(a.body, "runner.example") {
			t.Errorf("%s is %d: %d times", at, a.status, strings.Count(a.body, "2 wait"))
		}
	}
}
