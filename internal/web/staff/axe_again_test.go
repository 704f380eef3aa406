package staff_test

import (
	"net/url"
	"testing"
	"time"

	"longrun/internal/apptest"
)

// TestAxeFindsNothingWhereARefundIsTriedAgain: that page takes a refund which
// has failed at Stripe.
func TestAxeFindsNothingWhereARefundIsTriedAgain(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{buyer: url.Values{"cc-number": {"4000000000005126"}}})
	desk := signIn(t, s, owner.Email)
	at := orderPage(order) + "/refund"
	desk.Get(at+"?work-out=1&goodwill=5.00").Form(at).Set("reason", "The box arrived wet.").Submit("").Must(200, "The money goes back.")
	eventually(t, desk, orderPage(order), "given back by staff")
	s.Advance(time.Minute)
	again := eventually(t, desk, orderPage(order), "Try again").Follow("Try again").Must(200, "failed: the card").URL.Path
	i := &inspector{Browser: apptest.NewBrowser(t, true), t: t, s: s, shop: "full"}
	i.enter(owner.Email)
	i.visit("refund-again", again)
}
