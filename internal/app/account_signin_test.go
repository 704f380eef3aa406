package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/accounts"
	"longrun/internal/apptest"
	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestTheFirstSignInMakesTheAccountWithTheOrdersOfItsAddress(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		private := sold(t, s)
		b := s.Shopper(t)
		b.Get("/").Follow("Account").Must(200, "Sign in", "no password")
		askToSignIn(b, " ADA@Example.com ").MustNot("Order")
		m := mailTo(t, s, "ada@example.com", 2) // the first confirmed the order
		link := linkOf(t, m)
		for range 3 { // as programs do that read mail
			s.Shopper(t).Get(link).Must(200, "As ada@example.com")
		}
		b.Get("/account").Must(200, "Sign in").MustNot("Order #1001")
		b.Get(link).Form(link).Submit("").Must(200, "Your account", "Order #1001", "Tern", "You sign in with ada@example.com", "$140.00").
			Follow("Order #1001").Must(200, "Order #1001", "1 Track Road")
		if got := b.Get("/account").Follow("Order #1001").URL.Path; got != private {
			t.Errorf("the order's link is %s, want %s", got, private)
		}
		b.Get(link).Must(404, "This link was used")
		s.Shopper(t).Post(link, nil).Must(404, "This link was used").MustNot("1001")
		signIn(t, s, s.Shopper(t), "nobody@example.com", 1).Must(200, "Your account", "None yet").MustNot("1001")
		s.Verify()
	})
}

func TestTheCodeSignsInTheBrowserThatAsked(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		b, eve := s.Shopper(t), s.Shopper(t)
		page := askToSignIn(b, "ada@example.com")
		code := codeOf(t, mailTo(t, s, "ada@example.com", 1))
		eve.Get("/account/login/code").Must(200, "There is no password")
		eve.Post("/account/login/code", url.Values{"code": {code}}).Must(404, "This is over")
		askToSignIn(eve, "eve@example.com")
		mailTo(t, s, "eve@example.com", 1)
		eve.Post("/account/login/code", url.Values{"code": {code}}).Must(422, "not the code")
		for _, bad := range []string{"", "12345", "abcdef", strings.Repeat("1", 500)} {
			page.Form("/account/login/code").Set("code", bad).Submit("").Must(422, "six digits")
		}
		page.Form("/account/login/code").Set("code", " "+strings.ReplaceAll(code, " ", "-")+" ").Submit("").Must(200, "You sign in with ada@example.com")
		page.Form("/account/login/code").Set("code", code).Submit("").Must(404, "This is over") // the browser's wish is used up
	})
}

func TestAfterFiveWrongCodesOnlyTheLinkWorks(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		b := s.Shopper(t)
		askToSignIn(b, "ada@example.com")
		m := mailTo(t, s, "ada@example.com", 1)
		right := strings.ReplaceAll(codeOf(t, m), " ", "")
		wrong := "000000"
		if right == wrong {
			wrong = "000001"
		}
		for range shop.AccountCodeTries {
			page := b.Post("/account/login/code", url.Values{"code": {wrong}}).Must(422, "not the code")
			if f := page.Form("/account/login/code"); f.Values.Get("code") != wrong {
				t.Errorf("the form came back with %q", f.Values.Get("code"))
			}
		}
		b.Post("/account/login/code", url.Values{"code": {right}}).Must(422, "too many wrong codes")
		link := linkOf(t, m)
		s.Shopper(t).Get(link).Form(link).Submit("").Must(200, "You sign in with ada@example.com")
		s.Verify()
	})
}

func TestGuessingCodesAtOnceIsNoMoreThanFiveTries(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		ctx := t.Context()
		browser, err := s.App.Accounts.Ask(ctx, accounts.Asked{Email: "ada@example.com"})
		if err != nil {
			t.Fatal(err)
		}
		right := strings.ReplaceAll(codeOf(t, mailTo(t, s, "ada@example.com", 1)), " ", "")
		var all sync.WaitGroup
		var mu sync.Mutex
		read := 0
		for i := range 20 {
			guess := fmt.Sprintf("%06d", i)
			if guess == right {
				continue
			}
			all.Go(func() {
				_, err := s.App.Accounts.EnterCode(context.Background(), browser, guess, accounts.Visitor{})
				mu.Lock()
				defer mu.Unlock()
				if strings.Contains(shop.MessageOf(err), "not the code") {
					read++
				}
			})
		}
		all.Wait()
		if read != shop.AccountCodeTries {
			t.Errorf("%d codes were read", read)
		}
	})
}

func TestAllTheGuessesOfADayAreFew(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	unlimited(t, s)
	read := int64(0)
	for n := range 10 {
		b := s.Shopper(t)
		askToSignIn(b, "ada@example.com")
		right := strings.ReplaceAll(codeOf(t, mailTo(t, s, "ada@example.com", n+1)), " ", "")
		for i := range shop.AccountCodeTries {
			guess := fmt.Sprintf("%06d", i)
			if guess == right {
				guess = "777777"
			}
			if page := b.Post("/account/login/code", url.Values{"code": {guess}}); strings.Contains(page.Text(), "not the code") {
				read++
			}
		}
		s.Advance(shop.AccountMailLife + time.Minute)
	}
	if read != shop.AccountGuessLimit.Most {
		t.Errorf("%d codes of one address were read in a day", read)
	}
	b := s.Shopper(t)
	askToSignIn(b, "ada@example.com")
	link := linkOf(t, mailTo(t, s, "ada@example.com", 11))
	b.Get(link).Form(link).Submit("").Must(200, "Your account") // its owner is not kept out
}

func TestALinkIsOverWhenItIsOldAlteredOrReplaced(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		unlimited(t, s)
		b := s.Shopper(t)
		askToSignIn(b, "ada@example.com")
		first := mailTo(t, s, "ada@example.com", 1)
		other := s.Shopper(t)
		askToSignIn(other, "ada@example.com")
		second := mailTo(t, s, "ada@example.com", 2)
		over := func(path string) {
			t.Helper()
			s.Shopper(t).Get(path).Must(404, "Sign in")
			s.Shopper(t).Post(path, nil).Must(404, "Sign in").MustNot("Your details")
		}
		over(linkOf(t, first))
		b.Post("/account/login/code", url.Values{"code": {codeOf(t, first)}}).Must(404, "This code is over")
		link := linkOf(t, second)
		over(link[:len(link)-1] + map[bool]string{true: "b", false: "a"}[strings.HasSuffix(link, "a")])
		over("/account/login/" + strings.Repeat("a", 26))
		over("/account/login/x")
		s.Shopper(t).Get("/orders/" + link[len("/account/login/"):]).Must(404) // of another purpose
		s.Advance(shop.AccountMailLife + time.Second)
		over(link)
		other.Post("/account/login/code", url.Values{"code": {codeOf(t, second)}}).Must(404, "This code is over")
		s.Verify()
	})
}

// answered is the whole answer to a wish, without what is random in it.
func answered(t *testing.T, s *apptest.Shop, email string) string {
	t.Helper()
	w, body := newAgent(t, s).send("POST", "/account/login", url.Values{"email": {email}, "return_to": {"/cart"}})
	for _, name := range []string{"Date", "X-Request-Id"} {
		w.Header.Del(name)
	}
	cookie, rest, _ := strings.Cut(w.Header.Get("Set-Cookie"), ";")
	w.Header.Set("Set-Cookie", cookie[:len("signin=")]+rest)
	return fmt.Sprintln(w.StatusCode, w.Header, len(cookie), body)
}

func TestEveryAddressIsAnsweredAlike(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		sold(t, s)
		signIn(t, s, s.Shopper(t), "has@example.com", 1)
		known := answered(t, s, "has@example.com")
		if !strings.HasPrefix(known, "303") || !strings.Contains(known, "/account/login/code") {
			t.Fatal(known)
		}
		for _, email := range []string{"ada@example.com", "never@example.com", "x@y.example", "HAS@EXAMPLE.COM"} {
			if got := answered(t, s, email); got != known {
				t.Errorf("%s is answered\n%s\nand one with an account\n%s", email, got, known)
			}
		}
	})
}

// The request never looks at accounts or orders, so that its time tells
// nothing: it works where there are none.
func TestAskingToSignInLooksAtNobody(t *testing.T) {
	url := databasetest.URL(t, database.SQLite)
	db := databasetest.OpenURL(t, url)
	raw, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for _, table := range []string{"accounts", "account_emails", "account_sessions", "orders", "order_contacts", "order_words", "mails", "carts"} {
		if _, err := raw.Exec("ALTER TABLE " + table + " RENAME TO gone_" + table); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := accounts.New(db, accounts.Options{Join: cart.Join}).Ask(t.Context(), accounts.Asked{Email: "ada@example.com"}); err != nil {
		t.Error(err)
	}
}

func TestAnAddressThatIsNoneComesBackFilledIn(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	unlimited(t, s)
	for _, bad := range []string{"", "x", "ada@example.com, eve@example.com", "Ada <ada@example.com>", "ada@example.com\r\nBcc: eve@example.com", strings.Repeat("a", 300) + "@x.example", `"><script>`} {
		page := s.Shopper(t).Post("/account/login", url.Values{"email": {bad}, "return_to": {"/cart"}}).Must(422, "e-mail address")
		f := page.Form("/account/login")
		if got := f.Values.Get("email"); strings.NewReplacer("\r", "", "\n", "").Replace(bad) != strings.NewReplacer("\r", "", "\n", "").Replace(got) || f.Values.Get("return_to") != "/cart" {
			t.Errorf("%q came back as %q", bad, f.Values)
		}
	}
}

func TestWhoeverIsFloodedStillHasAMailThatLetsThemIn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		wishes := 0
		ask := func(email, network string) {
			t.Helper()
			wishes++
			defer eventually(t, "the wish is looked at", func() bool {
				list, err := s.App.DB.JobList(t.Context(), database.JobSearch{Kind: shop.JobAccountMail, State: shop.JobDone, Limit: 100})
				return err == nil && len(list) == wishes
			})
			if _, err := s.App.Accounts.Ask(t.Context(), accounts.Asked{Email: email, Visitor: accounts.Visitor{Network: network}}); err != nil {
				t.Error(err)
			}
		}
		for range 10 {
			ask("ada@example.com", "192.0.2.1")
		}
		for i := range 30 {
			ask("ben@example.com", fmt.Sprintf("192.0.%d.1", i))
		}
		counted := map[string]int{}
		mails, err := s.App.DB.MailList(t.Context(), database.MailSearch{Kind: shop.MailAccountSignIn, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mails {
			counted[m.Recipient]++
		}
		if counted["ada@example.com"] != int(shop.AccountPairLimit.Most) || counted["ben@example.com"] != int(shop.AccountMailLimit.Most) {
			t.Errorf("mails went: %v", counted)
		}
		link := ""
		eventually(t, "the newest mail works", func() bool {
			for _, m := range s.Mail() {
				if m.To == "ben@example.com" {
					link = linkOf(t, m)
					break
				}
			}
			return link != "" && s.Shopper(t).Get(link).Status == 200
		})
		s.Advance(shop.AccountMailLife - time.Minute)
		s.Shopper(t).Get(link).Form(link).Submit("").Must(200, "You sign in with ben@example.com")
		s.Advance(2 * time.Minute)
		ask("ben@example.com", "198.51.100.1")
		eventually(t, "another mail", func() bool {
			list, err := s.App.DB.MailList(t.Context(), database.MailSearch{Recipient: "ben@example.com", Limit: 100})
			return err == nil && len(list) == int(shop.AccountMailLimit.Most)+1
		})
	})
}

func TestOneNetworkAsksSoOftenAndIsToldSo(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	unlimited(t, s)
	b := s.Shopper(t)
	for i := range int(shop.AccountAskLimit.Most) {
		b.Post("/account/login", url.Values{"email": {fmt.Sprintf("x%d@example.com", i)}}).Must(200, "Look in your mail")
	}
	page := b.Post("/account/login", url.Values{"email": {"y@example.com"}}).Must(429, "try again in an hour", "buy without signing in")
	if got := page.Form("/account/login").Values.Get("email"); got != "y@example.com" {
		t.Errorf("the form came back with %q", got)
	}
	s.Advance(shop.AccountAskLimit.Within + time.Minute)
	b.Post("/account/login", url.Values{"email": {"y@example.com"}}).Must(200, "Look in your mail")
}

func TestSigningInLeadsNowhereElse(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	unlimited(t, s)
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	for i, tt := range []struct{ typed, want string }{
		{"/cart", "/cart"}, {"/account/addresses", "/account/addresses"}, {"//evil.example", "/account"}, {`/\evil.example`, "/account"},
		{"https://evil.example/account", "/account"}, {fmt.Sprintf("/cart/%d:1", p.Variants[0].ID), "/account"}, {"/discount/X", "/account"},
	} {
		email := fmt.Sprintf("a%d@example.com", i)
		w := newAgent(t, s).signIn(email, 1, url.Values{"return_to": {tt.typed}})
		if got := w.Header.Get("Location"); got != tt.want {
			t.Errorf("%q led to %q", tt.typed, got)
		}
	}
	if got := s.Shopper(t).Get("/account/addresses").URL.String(); !strings.HasSuffix(got, "/account/login?return_to=%2Faccount%2Faddresses") {
		t.Errorf("an account's page led to %s", got)
	}
}

// What another site makes a browser send signs nobody in and out, and changes
// nothing: so nobody is put into a stranger's account unawares, either.
func TestAnotherSiteDoesNothingInAnAccount(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	unlimited(t, s)
	ada, eve := newAgent(t, s), newAgent(t, s)
	ada.signIn("ada@example.com", 1, nil)
	session := ada.cookie("account")
	eve.send("POST", "/account/login", url.Values{"email": {"eve@example.com"}})
	evesLink := linkOf(t, mailTo(t, s, "eve@example.com", 1))
	tables := openTables(t, s.App.Config.DatabaseURL)
	before := tables.settled()
	for _, path := range []string{
		"/account/login", "/account/login/code", evesLink, "/account/logout", "/account/name", "/account/sessions", "/account/addresses",
		"/account/addresses/x", "/account/addresses/x/delete", "/account/addresses/x/default", "/account/email", "/account/email/x",
	} {
		form := url.Values{"email": {"eve@example.com"}, "name": {"Eve"}, "session": {"others"}, "code": {"123456"}}
		if w, _ := ada.send("POST", path, form, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"); w.StatusCode != http.StatusForbidden {
			t.Errorf("%s answers another site %d", path, w.StatusCode)
		}
	}
	tables.mustBe(t, before)
	if ada.cookie("account") != session {
		t.Error("the session has changed")
	}
}
