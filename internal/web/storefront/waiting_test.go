package storefront_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// soldOut is a shop with a shoe of which one size is sold out, and that size.
func soldOut(t *testing.T, s *apptest.Shop) shop.Variant {
	t.Helper()
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 1})
	take(t, s, p.Variants[1].ID, -1)
	return p.Variants[1]
}

// take moves the count of a size.
func take(t *testing.T, s *apptest.Shop, id shop.VariantID, by int64) {
	t.Helper()
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		m := shop.StockMovement{VariantID: id, Delta: by, CauseKind: "adjustment", CauseID: tx.Now().String(), Step: "adjusted", Who: "staff:1"}
		if _, _, err := tx.MoveStock(ctx, &m); err != nil {
			return err
		}
		return tx.StockChanged(ctx, []shop.VariantID{id})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func linkIn(t *testing.T, s *apptest.Shop, text, path string) string {
	t.Helper()
	for _, word := range strings.Fields(text) {
		if at, ok := strings.CutPrefix(word, s.URL+path); ok {
			return path + at
		}
	}
	t.Fatalf("there is no link to %s in:\n%s", path, text)
	return ""
}

func TestAShopperHearsWhenASizeIsBack(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		size := soldOut(t, s)
		ada := s.Shopper(t)
		form := ada.Get("/products/tern").Must(200, "Your size is sold out?", "Leave this empty").Form("/waiting")
		form.Set("email", "ada@runner.example").Submit("").Must(200, "Look in your mail", "at most 5")
		asked := s.WaitForMail(1)[0]
		if asked.To != "ada@runner.example" || !strings.Contains(asked.Text, "Tern in 10") {
			t.Fatalf("to %s:\n%s", asked.To, asked.Text)
		}
		link := linkIn(t, s, asked.Text, "/waiting/")
		for range 2 { // a scanner opens it, too
			s.Shopper(t).Get(link).Must(200, "Shall we write when it is back?", "Tern in 10")
		}
		take(t, s, size.ID, 2)
		if err := s.App.Waiting.Tell(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(s.Mail()); n != 1 {
			t.Fatalf("%d mails without a yes", n)
		}
		ada.Get(link).Form(link).Submit("do=yes").Must(200, "You are on the list")
		if err := s.App.Waiting.Tell(t.Context()); err != nil {
			t.Fatal(err)
		}
		told := s.WaitForMail(2)[0]
		if !strings.Contains(told.Subject, "Back at Longrun: Tern in 10") {
			t.Errorf("told %q", told.Subject)
		}
		ada.Get(linkIn(t, s, told.Text, "/products/tern")).Must(200, "Add to bag").MustNot("Your size is sold out?")
		ada.Get(linkIn(t, s, told.Text, "/waiting/")).Must(200, "We have written to you").Form(link).Submit("do=everything").Must(200, "We have written to you")
		s.Verify()
	})
}

func TestLeavingTheListTakesAButton(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	soldOut(t, s)
	for i, tt := range []struct{ email, button, says string }{
		{"a@runner.example", "leave", "You are off the list"}, {"b@runner.example", "never", "You hear no more of this"},
	} {
		b := s.Shopper(t)
		b.Get("/products/tern").Form("/waiting").Set("email", tt.email).Submit("")
		link := linkIn(t, s, s.WaitForMail(i + 1)[0].Text, "/waiting/")
		page := b.Get(link).Must(200)
		if got := page.Header.Get("Cache-Control") + ", " + page.Header.Get("X-Robots-Tag"); got != "private, no-store, noindex" {
			t.Errorf("the page may be kept: %s", got)
		}
		page.Form(link).Submit("do="+tt.button).Must(200, tt.says)
		b.Get(link).Must(200, tt.says)
	}
	b := s.Shopper(t)
	b.Post("/waiting/k3v7q2m5x4z6n2p7w5t3r4y6ad", url.Values{"do": {"yes"}}).Must(404)
	b.Get("/waiting/k3v7q2m5x4z6n2p7w5t3r4y6ad").Must(404)
	s.Verify()
}

func TestARefusedAskingComesBackFilledIn(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	size := soldOut(t, s)
	b := s.Shopper(t)
	refused := b.Get("/products/tern").Form("/waiting").Set("email", `no "address"`).Submit("").Must(422, "This is not an e-mail address.")
	if got := refused.Form("/waiting").Values; got.Get("email") != `no "address"` || got.Get("variant") == "" {
		t.Errorf("the form came back as %v", got)
	}
	take(t, s, size.ID, 1)
	refused.Form("/waiting").Set("email", "ada@runner.example").Submit("").Must(409, "Tern in 10 can be bought now.")
	b.Post("/waiting", url.Values{"variant": {"x"}, "email": {"a@runner.example"}}).Must(422)
	b.Post("/waiting", url.Values{"variant": {"999999"}, "email": {"a@runner.example"}}).Must(404)
}

// Whoever may set a header of a request decides nothing in a mail.
func TestLinksOfMailsComeFromTheConfigurationAlone(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	size := soldOut(t, s)
	form := url.Values{"variant": {idOf(size)}, "email": {"ada@runner.example"}}
	r, err := http.NewRequest("POST", s.URL+"/waiting", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "evil.example"
	for name, value := range map[string]string{"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Host": "evil.example",
		"Forwarded": "host=evil.example", "X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin"} {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= 400 { // refused altogether is as good
		return
	}
	if m := s.WaitForMail(1)[0]; strings.Contains(m.Text+m.HTML, "evil") || !strings.Contains(m.Text, s.URL+"/waiting/") {
		t.Errorf("the mail says:\n%s", m.Text)
	}
}

func TestEveryAddressIsAnsweredAlike(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	soldOut(t, s)
	b := s.Shopper(t)
	ask := func(email string) *apptest.Page {
		return b.Get("/products/tern").Form("/waiting").Set("email", email).Submit("").Must(200, "Look in your mail")
	}
	first := ask("new@runner.example")
	for i, button := range []string{"yes", "leave", "never"} {
		email := button + "@runner.example"
		ask(email)
		link := linkIn(t, s, s.WaitForMail(i + 2)[0].Text, "/waiting/")
		b.Get(link).Form(link).Submit("do=" + button)
		if again := ask(email); again.Body != first.Body || again.URL.Path != first.URL.Path {
			t.Errorf("who has pressed %s before is answered otherwise", button)
		}
	}
}
