package storefront_test

import (
	"net/http"
	"strings"
	"testing"

	"longrun/internal/shop"
)

func TestAPairIsBoughtFromBagToOrderPage(t *testing.T) {
	eachBuyer(t, func(t *testing.T, b *buyer) {
		b.put(b.Shoe("Tern Racer", 14_000, 2))
		p := b.checkOut()
		again := b.checkOut()
		if again.RedirectURL != p.RedirectURL {
			t.Errorf("pressed twice, it leads to %s and %s", p.RedirectURL, again.RedirectURL)
		}
		b.Pays(p)
		success := b.get("/checkout/success/" + p.OrderToken + "?session_id=" + b.Session(p))
		if success.StatusCode != http.StatusSeeOther || success.Header.Get("Location") != "/orders/"+p.OrderToken+"?thanks=1" {
			t.Fatalf("success is %d to %s: %s", success.StatusCode, success.Header.Get("Location"), success.body)
		}
		order := b.get(success.Header.Get("Location"))
		for _, text := range []string{"Thank you", "Order <b>#", "Tern Racer", "$140.00", "Your order is paid."} {
			if !strings.Contains(order.body, text) {
				t.Errorf("the order page does not say %q", text)
			}
		}
		if !strings.Contains(b.see("/cart"), "There is nothing in it yet") {
			t.Error("the bag still has what was bought")
		}
		if later := b.see("/orders/" + p.OrderToken); strings.Contains(later, "Thank you") || !strings.Contains(later, "<h1>Order #") {
			t.Error("the order page thanks again")
		}
	})
}

func TestPrivatePagesAreKeptAndNamedNowhere(t *testing.T) {
	b := onSQLite(t)
	b.put(b.Shoe("Tern Racer", 14_000, 2))
	p := b.checkOut()
	for path, policy := range map[string]string{
		"/orders/" + p.OrderToken:             "no-referrer",
		"/checkout/success/" + p.OrderToken:   "no-referrer",
		"/checkout/cancelled/" + p.OrderToken: "strict-origin",
	} {
		a := b.get(path)
		h := a.Header
		if a.StatusCode != 200 || h.Get("Cache-Control") != "private, no-store" || h.Get("Referrer-Policy") != policy || h.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s: %d %v", path, a.StatusCode, h)
		}
	}
	unknown := []string{"aaaaaaaaaaaaaaaaaaaaaaaaaa", "a", strings.ToUpper(p.OrderToken), p.OrderToken + "a", "1", "%00", "..%2f" + p.OrderToken}
	for _, path := range []string{"/orders/", "/checkout/success/", "/checkout/cancelled/"} {
		for _, token := range unknown {
			if a := b.get(path + token); a.StatusCode != 404 && a.StatusCode != 400 || strings.Contains(a.body, "Tern") {
				t.Errorf("%s%s is %d", path, token, a.StatusCode)
			}
		}
	}
	if a := b.post("/checkout/release/aaaaaaaaaaaaaaaaaaaaaaaaaa"); a.StatusCode != 404 {
		t.Errorf("releasing an unknown order is %d", a.StatusCode)
	}
}

func TestTheSuccessPageWaitsForThePayment(t *testing.T) {
	b := onSQLite(t)
	b.put(b.Shoe("Tern Racer", 14_000, 2))
	p := b.checkOut()
	first := b.get("/checkout/success/" + p.OrderToken)
	if first.StatusCode != 200 || first.Header.Get("Refresh") != "3; url=/checkout/success/"+p.OrderToken+"?asked=1" {
		t.Fatalf("%d, Refresh %q", first.StatusCode, first.Header.Get("Refresh"))
	}
	tenth := b.get("/checkout/success/" + p.OrderToken + "?asked=9")
	if !strings.HasSuffix(tenth.Header.Get("Refresh"), "asked=10") {
		t.Errorf("the tenth time Refresh is %q", tenth.Header.Get("Refresh"))
	}
	last := b.get("/checkout/success/" + p.OrderToken + "?asked=10")
	if last.Header.Get("Refresh") != "" || !strings.Contains(last.body, "/orders/"+p.OrderToken) || !strings.Contains(last.body, "do not pay again") {
		t.Errorf("after ten times: %q %s", last.Header.Get("Refresh"), last.body)
	}
	for _, asked := range []string{"-5", "99999999999999999999", "x", "1'"} {
		if a := b.get("/checkout/success/" + p.OrderToken + "?asked=" + asked); a.StatusCode != 200 {
			t.Errorf("asked=%s is %d", asked, a.StatusCode)
		}
	}
}

// T28: through the page itself.
func TestTheSessionInTheAddressIsOnlyAHint(t *testing.T) {
	b := onSQLite(t)
	v := b.Shoe("Tern Racer", 14_000, 5)
	b.put(v)
	mine := b.checkOut()
	other := newBuyer(t, b.World)
	other.put(v)
	theirs := other.checkOut()
	b.Pays(theirs)
	for _, hint := range []string{b.Session(theirs), "{CHECKOUT_SESSION_ID}", "", "cs_test_unknown", "<script>"} {
		a := b.do("GET", "/checkout/success/"+mine.OrderToken+"?session_id="+strings.ReplaceAll(hint, "<", "%3C"), "", "")
		if a.StatusCode != 200 || !strings.Contains(a.body, "Confirming your payment") || strings.Contains(a.body, "<script>") {
			t.Errorf("with the hint %q it is %d", hint, a.StatusCode)
		}
	}
	if order := b.Order(mine); order.State != shop.OrderPending {
		t.Errorf("somebody else's payment made it %s", order.State)
	}
	if order := b.Order(theirs); order.State != shop.OrderPending {
		t.Errorf("a stranger's page settled theirs, which is %s", order.State)
	}
}

func TestTheSuccessPageDoesNotNeedStripe(t *testing.T) {
	b := onSQLite(t)
	b.put(b.Shoe("Tern Racer", 14_000, 2))
	p := b.checkOut()
	b.Pays(p)
	b.Fault("cut_before", "GET /v1/checkout/sessions/{id}", "0")
	a := b.get("/checkout/success/" + p.OrderToken)
	if a.StatusCode != 200 || !strings.Contains(a.body, "Confirming your payment") {
		t.Errorf("without Stripe it is %d: %.900s", a.StatusCode, a.body)
	}
}

func TestComingBackFromThePaymentPageChangesNothing(t *testing.T) {
	b := onSQLite(t)
	v := b.Shoe("Tern Racer", 14_000, 2)
	b.put(v)
	p := b.checkOut()
	page := b.see("/checkout/cancelled/" + p.OrderToken)
	if !strings.Contains(page, "Nothing was charged") || !strings.Contains(page, p.RedirectURL) {
		t.Errorf("the page has no way on: %s", page)
	}
	if order := b.Order(p); order.State != shop.OrderPending || b.Level(v).Held != 1 {
		t.Fatalf("looking made the order %s with %d held", order.State, b.Level(v).Held)
	}
	released := b.post("/checkout/release/" + p.OrderToken)
	if released.StatusCode != 303 || released.Header.Get("Location") != "/cart" {
		t.Fatalf("giving up is %d to %s", released.StatusCode, released.Header.Get("Location"))
	}
	if order := b.Order(p); order.State != shop.OrderCancelled || b.Level(v).Held != 0 {
		t.Errorf("given up, the order is %s with %d held", order.State, b.Level(v).Held)
	}
	if page := b.see("/checkout/cancelled/" + p.OrderToken); strings.Contains(page, p.RedirectURL) {
		t.Error("the payment that is over can still be continued")
	}
	if !strings.Contains(b.see("/cart"), "Tern Racer") {
		t.Error("the bag is not kept")
	}
}

func TestACheckoutThatCannotBeSaysWhy(t *testing.T) {
	b := onSQLite(t)
	if a := b.post("/checkout"); a.StatusCode != 303 || a.Header.Get("Location") != "/cart" {
		t.Errorf("with no bag it is %d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	v := b.Shoe("Tern Racer", 14_000, 1)
	b.put(v)
	other := newBuyer(t, b.World)
	other.put(v)
	other.checkOut()
	a := b.post("/checkout")
	if a.StatusCode != 422 || !strings.Contains(a.body, "Your Bag") || !strings.Contains(a.body, "The last Tern Racer in 9 / D is being paid for by someone else") {
		t.Errorf("the last pair gone, it is %d: %.900s", a.StatusCode, a.body)
	}
	if a := b.do("POST", "/checkout", formKind, "", "Sec-Fetch-Site", "cross-site"); a.StatusCode != 403 {
		t.Errorf("from another site it is %d", a.StatusCode)
	}
}

func TestWithoutStripeACheckoutCanBeTriedAgain(t *testing.T) {
	b := onSQLite(t)
	b.put(b.Shoe("Tern Racer", 14_000, 1))
	b.Fault("500", "POST /v1/checkout/sessions", "0")
	a := b.post("/checkout")
	if a.StatusCode != 503 || a.Header.Get("Retry-After") == "" || !strings.Contains(a.body, "Nothing was charged") {
		t.Fatalf("it is %d: %.900s", a.StatusCode, a.body)
	}
	b.ClearFaults()
	b.checkOut()
}
