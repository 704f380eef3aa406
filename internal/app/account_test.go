package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

func TestTheBagGoesIntoTheAccountAndFollowsIt(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3})
		home, phone := s.Shopper(t), s.Shopper(t)
		home.Get("/products/tern").Form("/cart/add").Submit("").Must(200, "Your Bag")
		signIn(t, s, home, "ada@example.com", 1).Must(200, "Bag (1)")
		phone.Get("/products/tern").Form("/cart/add").Set("quantity", "3").Submit("").Must(200)
		signIn(t, s, phone, "ada@example.com", 2).Must(200, "Your Bag", "Only 3 of Tern in 9 can be had now")
		home.Get("/cart").Must(200, "Bag (3)", "Since you last looked", "Only 3 of Tern in 9")
		home.Get("/cart").Form("/cart").Set("updates[]", "2").Submit("update").Must(200, "Bag (2)").MustNot("Since you last looked")
		phone.Get("/products/tern").Must(200, "Bag (2)")
		phone.Get("/account").Form("/account/logout").Submit("").Must(200, "You are signed out").MustNot("(2)")
		phone.Get("/cart").Must(200, "There is nothing in it yet")
		phone.Get("/account").Must(200, "There is no password")
		home.Get("/cart").Must(200, "Bag (2)")
		paying := home.Get("/cart").Form("/cart").Submit("checkout")
		pay(t, paying, nil).Must(200, "Thank you")
		home.Get("/cart").Must(200, "There is nothing in it yet")
		home.Get("/account").Must(200, "Order #1001")
		s.Verify()
	})
}

func TestASessionHasNewTokensAndOldOnesOpenNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 9})
		eve, ada := newAgent(t, s), newAgent(t, s)
		eve.send("POST", "/cart/add", url.Values{"id": {fmt.Sprint(p.Variants[0].ID)}})
		planted, fixed := eve.cookie("bag"), strings.Repeat("A", 26)
		ada.setCookie("bag", planted) // as a sister site might have
		ada.setCookie("account", fixed)
		ada.signIn("ada@example.com", 1, nil)
		session, bag := ada.cookie("account"), ada.cookie("bag")
		if session == fixed || session == "" || bag == planted || bag == "" || ada.cookie("signin") != "" {
			t.Fatalf("the cookies are %q and %q", session, bag)
		}
		if _, body := eve.send("GET", "/cart", nil); strings.Contains(body, "/cart/change?id=") {
			t.Error("the planted token opens the account's bag")
		}
		if w, _ := eve.send("GET", "/account", nil); w.StatusCode != 303 {
			t.Error("a fixed session opens the account")
		}
		ada.signIn("ada@example.com", 2, nil) // again in the same browser
		if ada.cookie("account") == session {
			t.Error("a second sign-in kept the token")
		}
		eve.setCookie("account", session)
		eve.setCookie("bag", bag)
		if w, _ := eve.send("GET", "/account", nil); w.StatusCode != 303 {
			t.Error("the token before the second sign-in still works")
		}
		if _, body := eve.send("GET", "/cart", nil); strings.Contains(body, "/cart/change?id=") {
			t.Error("its bag's token still works")
		}
		again := ada.cookie("account")
		if w, _ := ada.send("GET", "/account/logout", nil); w.StatusCode != 303 || ada.cookie("account") != again {
			t.Error("opening an address signs out")
		}
		ada.send("POST", "/account/logout", nil)
		eve.setCookie("account", again)
		if w, _ := eve.send("GET", "/account", nil); w.StatusCode != 303 || ada.cookie("account") != "" || ada.cookie("bag") != "" {
			t.Error("a session outlives its sign-out")
		}
	})
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		firefox := "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
		here, there, third, eve := s.Shopper(t), newAgent(t, s), newAgent(t, s), newAgent(t, s)
		signIn(t, s, here, "ada@example.com", 1)
		eve.signIn("eve@example.com", 1, nil)
		there.send("POST", "/account/login", url.Values{"email": {"ada@example.com"}})
		there.send("POST", linkOf(t, mailTo(t, s, "ada@example.com", 2)), nil, "User-Agent", firefox)
		third.signIn("ada@example.com", 3, nil)
		page := here.Get("/account").Must(200, "Firefox on Linux", "(this one)", "Sign out everywhere else")
		one := page.Form("/account/sessions").Values // the first button is the newest session's
		if len(one) != 0 {
			t.Fatal(one)
		}
		in, err := s.App.DB.AccountByToken(t.Context(), there.cookie("account"))
		if err != nil {
			t.Fatal(err)
		}
		session := url.Values{"session": {fmt.Sprint(in.Session.ID)}}
		eve.send("POST", "/account/sessions", session)
		if w, _ := there.send("GET", "/account", nil); w.StatusCode != 200 {
			t.Fatal("somebody else ended the session")
		}
		here.Post("/account/sessions", session).Must(200, "That browser is signed out").MustNot("Firefox on Linux")
		if w, _ := there.send("GET", "/account", nil); w.StatusCode != 303 {
			t.Error("the ended session still works")
		}
		if w, _ := third.send("GET", "/account", nil); w.StatusCode != 200 {
			t.Error("another was ended, too")
		}
		here.Post("/account/sessions", url.Values{"session": {"others"}}).Must(200, "signed out everywhere else", "(this one)").MustNot("Sign out everywhere else")
		if w, _ := third.send("GET", "/account", nil); w.StatusCode != 303 {
			t.Error("a session outlives the end of all others")
		}
		if w, _ := eve.send("GET", "/account", nil); w.StatusCode != 200 {
			t.Error("somebody else was signed out, too")
		}
		here.Post("/account/sessions", url.Values{"session": {"1 OR 1=1"}}).Must(400)
		s.Advance(59 * 24 * time.Hour)
		here.Get("/account").Must(200, "Your details")
		s.Advance(59 * 24 * time.Hour)
		here.Get("/account").Must(200, "Your details") // used, so not idle
		s.Advance(59 * 24 * time.Hour)
		here.Get("/account").Must(200, "Your details")
		s.Advance(5 * 24 * time.Hour)
		here.Get("/account").Must(200, "There is no password") // 182 days old
	})
}

func TestAnAccountKeepsANameAndAddresses(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		b, eve := s.Shopper(t), s.Shopper(t)
		signIn(t, s, b, "ada@example.com", 1)
		signIn(t, s, eve, "eve@example.com", 1)
		account := b.Get("/account").Form("/account/name").Set("name", " Ada  <b>Moss</b> ").Submit("").Must(200, "Your name is saved")
		if got := account.Form("/account/name").Values.Get("name"); got != "Ada <b>Moss</b>" || strings.Contains(account.Body, "<b>Moss") {
			t.Errorf("the name is %q", got)
		}
		long := strings.Repeat("x", 101)
		if f := account.Form("/account/name").Set("name", long).Submit("").Must(422, "at most 100 letters").Form("/account/name"); f.Values.Get("name") != long {
			t.Error("the form was lost")
		}
		form := account.Follow("Add an address").Must(200, "A new address").Form("/account/addresses")
		refused := form.Set("line1", "4 Weir Street").Set("city", "Troy").Set("state", "NY").Set("postal_code", "1218").Submit("").Must(422, "not a ZIP code")
		form = refused.Form("/account/addresses")
		if form.Values.Get("line1") != "4 Weir Street" || form.Values.Get("state") != "NY" || form.Values.Get("name") != "Ada <b>Moss</b>" {
			t.Errorf("the form came back as %v", form.Values)
		}
		form.Set("postal_code", "12180")
		for range 2 { // pressed twice
			form.Submit("").Must(200, "The address is saved", "4 Weir Street", "Troy, NY 12180", "The first one")
		}
		list := b.Get("/account/addresses/new").Form("/account/addresses").Set("name", "Ben").Set("line1", "9 Mill Lane").Set("city", "Salem").
			Set("state", "OR").Set("postal_code", "97301").Submit("").Must(200, "9 Mill Lane")
		if n := strings.Count(list.Text(), "Delete"); n != 2 {
			t.Fatalf("%d addresses: %s", n, list.Text())
		}
		ben := list.Follow("Change Ben").URL.Path
		list.Form(ben+"/default").Submit("").Must(200, "begins with this address from now on", "Put first Ada")
		b.Get("/account").Must(200, "9 Mill Lane").MustNot("4 Weir Street")
		b.Get(ben).Form(ben).Set("line1", "10 Mill Lane").Submit("").Must(200, "10 Mill Lane").MustNot("9 Mill Lane")
		b.Get(ben).Form(ben).Set("state", "").Submit("").Must(422, "Choose the state")
		eve.Get(ben).Must(404)
		eve.Post(ben, url.Values{"name": {"Eve"}, "line1": {"x"}, "city": {"x"}, "state": {"OR"}, "postal_code": {"97301"}}).Must(404)
		eve.Post(ben+"/default", nil).Must(404)
		eve.Post(ben+"/delete", nil).Must(200, "None yet")
		b.Get("/account").Must(200, "10 Mill Lane")
		b.Get("/account/addresses").Form(ben+"/delete").Submit("").Must(200, "The address is deleted", "4 Weir Street", "The first one").MustNot("Mill Lane")
		b.Post(ben+"/delete", nil).Must(200, "The address is deleted") // twice is once
		s.Verify()
	})
}

func TestAnotherAddressIsConfirmedByBothMailboxes(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		sold(t, s)
		b, elsewhere, taken := s.Shopper(t), s.Shopper(t), s.Shopper(t)
		signIn(t, s, elsewhere, "ada@example.com", 2) // the first mail is the order's
		signIn(t, s, b, "ada@example.com", 3)
		signIn(t, s, taken, "taken@example.com", 1)
		s.Advance(shop.AccountFresh + time.Minute)
		b.Post("/account/email", url.Values{"email": {"new@example.com"}}).Must(200, "sign in once more first")
		stale := b.Get("/account").Follow("Change the address").Must(200, "sign in once more first").MustNot("Mail a link there")
		stale.Form("/account/login").Submit("").Must(200, "Look in your mail", "ada@example.com")
		code := codeOf(t, mailTo(t, s, "ada@example.com", 4))
		form := b.Post("/account/login/code", url.Values{"code": {code}}).Must(200, "Change your e-mail address").Form("/account/email")
		for typed, says := range map[string]string{"": "Write your e-mail address", "x": "not an e-mail address", "ADA@example.com": "your address already"} {
			if f := form.Set("email", typed).Submit("").Must(422, says).Form("/account/email"); f.Values.Get("email") != typed {
				t.Errorf("%q came back as %v", typed, f.Values)
			}
		}
		free := form.Set("email", " New@Example.com ").Submit("").Must(200, "Look in the mail of the new address")
		link := linkOf(t, mailTo(t, s, "new@example.com", 1))
		other := form.Set("email", "taken@example.com").Submit("").Must(200, "Look in the mail of the new address")
		if free.Text() != other.Text() {
			t.Error("an address that is taken is answered otherwise than one that is free")
		}
		toTaken := linkOf(t, mailTo(t, s, "taken@example.com", 2))
		b.Get(link).Must(404, "Nothing has changed") // replaced by the newer one
		taken.Get(toTaken).Must(404, "Nothing has changed")
		taken.Post(toTaken, nil).Must(404, "Nothing has changed")
		b.Get(toTaken).Form(toTaken).Submit("").Must(409, "There is an account with this address already")
		form.Set("email", "new@example.com").Submit("")
		link = linkOf(t, mailTo(t, s, "new@example.com", 2))
		s.Shopper(t).Get(link).Must(200, "There is no password") // in another browser it leads to signing in
		s.Shopper(t).Post(link, nil).Must(200, "There is no password")
		for range 2 {
			b.Get(link).Must(200, "From here on it would be new@example.com")
		}
		b.Get("/account").Must(200, "You sign in with ada@example.com")
		b.Get(link).Form(link).Submit("").Must(200, "This is your address now", "You sign in with new@example.com", "Order #1001")
		old := mailTo(t, s, "ada@example.com", 5)
		if !strings.Contains(old.Text, "was given another one") || strings.Contains(old.Text+old.HTML, "new@example.com") {
			t.Errorf("the old address is told:\n%s", old.Text)
		}
		elsewhere.Get("/account").Must(200, "There is no password")
		b.Post(link, nil).Must(404, "Nothing has changed")
		signIn(t, s, s.Shopper(t), "new@example.com", 3).Must(200, "Order #1001")
		s.Verify()
	})
}

// A page that everybody shares has nothing of anybody on it, and one's own is
// kept by nobody.
func TestOnesOwnPagesAreKeptByNobody(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3})
		nobody, ada := newAgent(t, s), newAgent(t, s)
		_, before := nobody.send("GET", "/products/tern", nil)
		ada.signIn("ada@example.com", 1, nil)
		if _, body := ada.send("GET", "/products/tern", nil); body != before {
			t.Error("who has signed in gets other bytes of a shared page")
		}
		w, after := nobody.send("GET", "/products/tern", nil)
		if after != before || w.Header.Get("Set-Cookie") != "" || !strings.Contains(after, `href="/account"`) {
			t.Error("a shared page has changed by somebody's signing in")
		}
		for path, status := range map[string]int{
			"/account": 200, "/account/addresses": 200, "/account/addresses/new": 200, "/account/email": 200, "/account/login/code": 303,
			"/account/x.css": 404, "/account/addresses/x.css": 404, "/account/orders/abc": 303, "/account/register": 303,
		} {
			w, body := ada.send("GET", path, nil)
			if w.StatusCode != status || status == 200 && w.Header.Get("Cache-Control") != "private, no-store" || status == 404 && !strings.Contains(w.Header.Get("Cache-Control"), "no-store") {
				t.Errorf("%s is %d, %q", path, w.StatusCode, w.Header.Get("Cache-Control"))
			}
			if strings.Contains(body, "ada@example.com") && status != 200 {
				t.Errorf("%s names the shopper", path)
			}
		}
		for _, path := range []string{"/account", "/account/addresses", "/account/email", "/account/login"} {
			if w, body := nobody.send("GET", path, nil); w.Header.Get("Set-Cookie") != "" || strings.Contains(body, "ada@") {
				t.Errorf("%s gives a stranger a cookie, or a name", path)
			}
		}
	})
}

func TestCookiesOfAccountsAreBoundToTheShop(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	w := newAgent(t, s).signIn("ada@example.com", 1, nil)
	for _, line := range w.Header.Values("Set-Cookie") {
		c, err := http.ParseSetCookie(line)
		if err != nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s: %v", line, err)
		}
	}
	if n := len(w.Header.Values("Set-Cookie")); n != 3 {
		t.Errorf("%d cookies", n)
	}
}

// The payment page begins with what the account keeps, so that only the card
// is left to type.
func TestWhoIsSignedInTypesOnlyTheCard(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3})
		b := s.Shopper(t)
		signIn(t, s, b, "ada@example.com", 1)
		b.Get("/account/addresses/new").Form("/account/addresses").Set("name", "Ada Moss").Set("line1", "4 Weir Street").Set("city", "Troy").
			Set("state", "NY").Set("postal_code", "12180").Submit("").Must(200, "4 Weir Street")
		paying := b.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout")
		card := url.Values{"cc-number": {"4242424242424242"}, "cc-exp": {"12/34"}, "cc-csc": {"123"}}
		paying.Form(paying.URL.Path).FillByAutocomplete(card).Submit("do=pay").Must(200, "Thank you", "Ada Moss", "4 Weir Street", "Troy, NY 12180", "ada@example.com")
		b.Get("/account").Must(200, "Order #1001")
		s.Verify()
	})
}
