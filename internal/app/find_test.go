package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// sold is a shop with one paid order, #1001 of ada@example.com, and its
// private address.
func sold(t *testing.T, s *apptest.Shop) (private string) {
	t.Helper()
	if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
		t.Fatal(err)
	}
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	bag := s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("")
	paid := pay(t, bag.Form("/cart").Submit("checkout"), nil).Must(200, "Thank you")
	s.WaitForMail(1)
	time.Sleep(1100 * time.Millisecond) // the limit in force is read once a second
	return paid.URL.Path
}

// done waits until every job that looks an order up is done, and says how many
// mails with links there are.
func done(t *testing.T, s *apptest.Shop, jobs int) (mails int) {
	t.Helper()
	eventually(t, "the look-ups are done", func() bool {
		var list []shop.Job
		for _, state := range []shop.JobState{shop.JobReady, shop.JobDead} {
			found, err := s.App.DB.JobList(t.Context(), database.JobSearch{Kind: shop.JobOrderLink, State: state, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, found...)
		}
		ended, err := s.App.DB.JobList(t.Context(), database.JobSearch{Kind: shop.JobOrderLink, State: shop.JobDone, Limit: 100})
		return err == nil && len(list) == 0 && len(ended) == jobs
	})
	list, err := s.App.DB.MailList(t.Context(), database.MailSearch{Kind: shop.MailOrderLink, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestAnOrderIsFoundByNumberAndAddress(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		private := sold(t, s)
		form := s.Shopper(t).Get("/").Follow("Find your order").Must(200).Form("/orders/find")
		form.Set("number", " Order #1001 ").Set("email", " ADA@Example.com ")
		for range 2 { // pressed twice
			form.Submit("").Must(200, "Look in your mail").MustNot("1001", "ada")
		}
		mail := s.WaitForMail(2)[0]
		if mail.To != "ada@example.com" || !strings.Contains(mail.Text, s.URL+private) || !strings.Contains(mail.Subject, "#1001") {
			t.Errorf("%s %q\n%s", mail.To, mail.Subject, mail.Text)
		}
		if n := done(t, s, 1); n != 1 {
			t.Errorf("%d mails went", n)
		}
		s.Shopper(t).Get("/account/login").Must(200, "Find your order")
	})
}

// asked is the whole answer to a look-up, without what differs by the request
// alone.
func asked(t *testing.T, s *apptest.Shop, number, email string) string {
	t.Helper()
	r, err := http.NewRequest("POST", s.URL+"/orders/find", strings.NewReader(url.Values{"number": {number}, "email": {email}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	w.Header.Del("Date")
	w.Header.Del("X-Request-Id")
	return fmt.Sprintln(w.StatusCode, w.Header, string(body))
}

func TestAHitAndAMissAreAnsweredAlike(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		sold(t, s)
		hit := asked(t, s, "1001", "ada@example.com")
		if !strings.HasPrefix(hit, "303") || !strings.Contains(hit, "/orders/find?asked=true") {
			t.Fatal(hit)
		}
		for _, miss := range [][2]string{{"1001", "eve@example.com"}, {"1002", "ada@example.com"}, {"999999999999999", "x@y.example"}} {
			if got := asked(t, s, miss[0], miss[1]); got != hit {
				t.Errorf("%v is answered\n%s\nand a hit\n%s", miss, got, hit)
			}
		}
		if n := done(t, s, 4); n != 1 {
			t.Errorf("%d mails went, want that of the hit", n)
		}
	})
}

// The request never looks at an order, so that its time tells nothing: it
// works where there are none.
func TestAskingForAnOrderLooksAtNone(t *testing.T) {
	url := databasetest.URL(t, database.SQLite)
	db := databasetest.OpenURL(t, url)
	raw, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for _, table := range []string{"orders", "order_contacts", "order_words", "mails"} {
		if _, err := raw.Exec("ALTER TABLE " + table + " RENAME TO gone_" + table); err != nil {
			t.Fatal(err)
		}
	}
	if err := orders.New(db, nil, nil).AskForLink(t.Context(), orders.Asked{Number: "1001", Email: "ada@example.com", Network: "n", Key: "k"}); err != nil {
		t.Error(err)
	}
}

func TestNobodyIsFloodedWithLinks(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		sold(t, s)
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				err := s.App.Orders.AskForLink(context.Background(), orders.Asked{Number: "1001", Email: "ada@example.com", Network: fmt.Sprint("n", i), Key: fmt.Sprint("k", i)})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := done(t, s, 10); n != int(shop.OrderLinkLimit.Most) {
			t.Errorf("%d mails went of 10 wishes, want %d", n, shop.OrderLinkLimit.Most)
		}
		s.Advance(shop.OrderLinkLimit.Within + time.Minute)
		if err := s.App.Orders.AskForLink(t.Context(), orders.Asked{Number: "1001", Email: "ada@example.com", Network: "n", Key: "next day"}); err != nil {
			t.Fatal(err)
		}
		if n := done(t, s, 11); n != int(shop.OrderLinkLimit.Most)+1 {
			t.Errorf("%d mails after another day", n)
		}
		b := s.Shopper(t)
		for i := range int(shop.FindLimit.Most) {
			b.Post("/orders/find", url.Values{"number": {fmt.Sprint(5000 + i)}, "email": {"eve@example.com"}}).Must(200, "Look in your mail")
		}
		b.Post("/orders/find", url.Values{"number": {"77"}, "email": {"eve@example.com"}}).Must(429, "try again in an hour")
	})
}

func TestALookUpThatCannotBeReadComesBackFilledIn(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	for _, tt := range []struct{ number, email, says string }{
		{"", "", "Write your order’s number"},
		{"１００１", "ada@example.com", "not an order’s number"},
		{"1001", "ada@example.com, eve@example.com", "not an e-mail address"},
		{`1"><script>`, "x", "not an order’s number"},
	} {
		page := s.Shopper(t).Post("/orders/find", url.Values{"number": {tt.number}, "email": {tt.email}}).Must(422, tt.says)
		if f := page.Form("/orders/find"); f.Values.Get("number") != tt.number || f.Values.Get("email") != tt.email {
			t.Errorf("%+v came back as %v", tt, f.Values)
		}
	}
}
