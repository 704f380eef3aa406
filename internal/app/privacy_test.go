package app_test

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/shop"
)

// linkToData asks for the link and reads it from the mail that then is the
// newest of so many.
func linkToData(t *testing.T, s *apptest.Shop, email string, mails int) string {
	t.Helper()
	s.Shopper(t).Get("/").Follow("Your data").Must(200, "for how long", "until the end of the 7th year").Form("/privacy").Set("email", email).Submit("").
		Must(200, "Look in your mail").MustNot(email)
	mail := s.WaitForMail(mails)[0]
	found := regexp.MustCompile(`/privacy/[a-z0-9]{26}\b`).FindString(mail.Text)
	if mail.To != strings.TrimSpace(strings.ToLower(email)) && mail.To != email || found == "" {
		t.Fatalf("the mail to %s says\n%s", mail.To, mail.Text)
	}
	return found
}

func TestAGuestSeesTakesAndErasesTheirData(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		private := sold(t, s)
		link := linkToData(t, s, "ada@example.com", 2)
		page := s.Shopper(t).Get(link).Must(200, "This is what we hold of ada@example.com.", "Order #1001 is not sent yet.")
		if got := page.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
			t.Errorf("the page may be kept: %q", got)
		}
		s.Shopper(t).Get(link).Must(200, "Erase my data") // looked at twice, as a scanner does, nothing has changed
		files := page.Form(link + "/download").Submit("")
		z, err := zip.NewReader(strings.NewReader(files.Body), int64(len(files.Body)))
		if err != nil || files.Header.Get("Content-Type") != "application/zip" {
			t.Fatalf("the files are %v: %v", files.Header, err)
		}
		for _, name := range []string{"README.txt", "orders.json", "orders.csv"} {
			f, err := z.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			if text, _ := io.ReadAll(f); !strings.Contains(string(text), "ada@example.com") {
				t.Errorf("%s has nothing of her", name)
			}
		}
		page.Form(link+"/erase").Submit("").Must(200, "Your data is being erased")
		page.Form(link+"/erase").Submit("").Must(404, "not valid any more")
		s.Shopper(t).Get(link).Must(404, "not valid any more")
		erasure := func() shop.PrivacyRequest {
			list, err := s.App.DB.PrivacyRequestsOf(t.Context(), "ADA@example.com")
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				if r.Kind == shop.PrivacyErase {
					return r
				}
			}
			return shop.PrivacyRequest{}
		}
		eventually(t, "it waits for the order", func() bool { return erasure().State == shop.PrivacyPostponed })
		s.Shopper(t).Get(private).Must(200, "Ada")
		deliver(t, s)
		s.Advance(2 * time.Hour)
		if err := s.App.Privacy.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		eventually(t, "it is done", func() bool { return erasure().State == shop.PrivacyDone })
		s.Shopper(t).Get(private).Must(200, "#1001", "Tern").MustNot("Ada")
		s.Verify()
	})
}

// deliver ends the first order by its parcel.
func deliver(t *testing.T, s *apptest.Shop) {
	t.Helper()
	order, err := s.App.DB.OrderByNumber(t.Context(), 1001)
	if err != nil {
		t.Fatal(err)
	}
	parcel, err := s.App.Fulfilment.Ship(t.Context(), shop.ByCommand, fulfilment.Shipment{Order: order.ID, Key: "ship-the-first"})
	if err == nil {
		err = s.App.Fulfilment.MarkDelivered(t.Context(), shop.ByCommand, parcel.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// answeredOf is the whole answer to asking about an address, without what
// differs by the request alone.
func answeredOf(t *testing.T, s *apptest.Shop, email string) string {
	t.Helper()
	r, err := http.NewRequest("POST", s.URL+"/privacy", strings.NewReader(url.Values{"email": {email}}.Encode()))
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

func TestNobodyLearnsOfWhomAnythingIsHeld(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		sold(t, s)
		hit := answeredOf(t, s, "ada@example.com")
		for _, miss := range []string{"eve@example.com", "x@y.example"} {
			if got := answeredOf(t, s, miss); got != hit {
				t.Errorf("%s is answered\n%s\nand a hit\n%s", miss, got, hit)
			}
		}
		eventually(t, "the wishes are looked at", func() bool {
			list, err := s.App.DB.JobList(t.Context(), database.JobSearch{Kind: shop.JobPrivacyLink, State: shop.JobDone, Limit: 10})
			return err == nil && len(list) == 3
		})
		mails, err := s.App.DB.MailList(t.Context(), database.MailSearch{Kind: shop.MailPrivacyLink, Limit: 10})
		if err != nil || len(mails) != 1 || mails[0].Recipient != "ada@example.com" {
			t.Errorf("the mails are %v, %v", mails, err)
		}
		for _, email := range []string{"eve@example.com", "x@y.example"} { // of whom nothing is kept
			list, err := s.App.DB.PrivacyRequestsOf(t.Context(), email)
			if err != nil || len(list) != 1 || len(list[0].Sealed) != 0 {
				t.Errorf("of %s is kept %v, %v", email, list, err)
			}
		}
		for range shop.PrivacyMailLimit.Most + 2 {
			answeredOf(t, s, "ada@example.com")
		}
		eventually(t, "all are looked at", func() bool {
			list, err := s.App.DB.JobList(t.Context(), database.JobSearch{Kind: shop.JobPrivacyLink, State: shop.JobDone, Limit: 20})
			return err == nil && len(list) == 8
		})
		if mails, _ = s.App.DB.MailList(t.Context(), database.MailSearch{Kind: shop.MailPrivacyLink, Limit: 10}); len(mails) != int(shop.PrivacyMailLimit.Most) {
			t.Errorf("%d mails went in a day", len(mails))
		}
		for range shop.PrivacyAskLimit.Most - 8 {
			answeredOf(t, s, "eve@example.com")
		}
		s.Shopper(t).Post("/privacy", url.Values{"email": {"eve@example.com"}}).Must(429, "try again in an hour")
	})
}

func TestALinkToOnesDataRunsOut(t *testing.T) {
	s := apptest.Start(t, database.SQLite)
	sold(t, s)
	link := linkToData(t, s, "ada@example.com", 2)
	page := s.Shopper(t).Get(link).Must(200)
	for range shop.PrivacyFilesLimit.Most {
		if got := page.Form(link + "/download").Submit("").Status; got != 200 {
			t.Fatalf("the files are refused with %d", got)
		}
	}
	page.Form(link+"/download").Submit("").Must(429, "often enough")
	last := "z"
	if strings.HasSuffix(link, last) {
		last = "y"
	}
	for _, wrong := range []string{link[:len(link)-1] + last, "/privacy/x", "/privacy/" + strings.Repeat("a", 300)} {
		s.Shopper(t).Get(wrong).Must(404)
	}
	s.Advance(shop.PrivacyLinkLife + time.Minute)
	page.Form(link+"/erase").Submit("").Must(404, "not valid any more")
	for _, email := range []string{"", "ada@", "a@b.example, c@d.example", strings.Repeat("a", 300) + "@b.example", "ada@example.com\r\nBcc: x@y.example"} {
		form := s.Shopper(t).Post("/privacy", url.Values{"email": {email}}).Must(422, "That did not work yet").Form("/privacy")
		if got := form.Values.Get("email"); got != email && !strings.Contains(email, "\n") {
			t.Errorf("%q was typed and %q is shown again", email, got)
		}
	}
}
