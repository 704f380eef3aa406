package staff_test

import (
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

func TestTheStartPageLeadsToWhatWaits(t *testing.T) {
	s, owner := open(t)
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 3})
	desk := signIn(t, s, owner.Email)
	desk.Get("/staff").Must(200, "2 sizes are nearly sold out", "$0.00 in 0 orders").MustNot("Alarms", "to ship")

	buy(t, s, buying{quantity: "3"})
	bury(t, s, "one")
	start := desk.Get("/staff").Must(200, "1 order to ship", "1 size is sold out", "1 size is nearly sold out", "1 job was given up", "Alarms", "in 1 order")
	for words, says := range map[string]string{
		"1 order to ship": "To ship 1", "1 size is sold out": "Tern Racer", "1 job was given up": "Dead", "Close them": "What was done about it",
	} {
		start.Follow(words).Must(200, says)
	}
}

func TestTheStartPageShowsWhatTheRoleMaySee(t *testing.T) {
	s, _ := open(t)
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9"}, Stock: 1})
	buy(t, s, buying{})
	bury(t, s, "one")
	tests := []struct {
		role    shop.StaffRole
		has, no []string
	}{
		{shop.RoleManager, []string{"to ship", "sold out", "given up", "Alarms", "Orders and sales"}, nil},
		{shop.RoleSupport, []string{"to ship", "sold out", "Orders and sales"}, []string{"given up", "Alarms"}},
		{shop.RoleEditor, []string{"Nothing waits for you"}, []string{"to ship", "sold out", "given up", "Alarms", "Orders and sales"}},
	}
	for _, tt := range tests {
		who := hire(t, s, string(tt.role)+"@shop.example", tt.role)
		signIn(t, s, who.Email).Get("/staff").Must(200, tt.has...).MustNot(tt.no...)
	}
}
