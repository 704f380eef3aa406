package storefront_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/contact"
	"longrun/internal/shop"
)

// waited waits as long as a person takes to fill a form in.
func waited() { time.Sleep(shop.ContactTooQuick + 200*time.Millisecond) }

func TestAMessageReachesTheShopAndItsAnswerTheShopper(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	b := s.Shopper(t)
	page := b.Get("/").Follow("Contact").Must(200, "Contact", "hello@longrun.example", "12 River Path", "Leave this empty")
	if got := page.Header.Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("the form with its key may be kept: %q", got)
	}
	form := page.Form("/contact").Set("contact[name]", "Ada\r\nBcc: eve@evil.example").Set("contact[email]", " ada@runner.example ").
		Set("contact[order]", "#1001").Set("contact[body]", "Do you repair soles?\n\nAda")
	form.Submit("").Must(422, "Your message is not sent yet", "press Send once more")
	waited()
	for range 2 {
		sent := form.Submit("").Must(200, "Thank you. Your message is with us.")
		if sent.URL.Path != "/pages/contact" {
			t.Errorf("sending led to %s", sent.URL)
		}
	}
	m := s.WaitForMail(1)[0]
	if m.To != "hello@longrun.example" || m.Headers["Reply-To"] != "<ada@runner.example>" || m.Headers["Bcc"] != "" ||
		!strings.Contains(m.Text, "Do you repair soles?\n\nAda") || m.Headers["Subject"] != "A message from Ada Bcc: eve@evil.example" {
		t.Errorf("the mail is %+v\n%s", m.Headers, m.Text)
	}
	time.Sleep(300 * time.Millisecond)
	if n := len(s.Mail()); n != 1 {
		t.Errorf("%d mails went", n)
	}
}

func TestARefusedMessageComesBackFilledIn(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	page := s.Shopper(t).Get("/pages/contact?order=%231001").Must(200)
	if got := page.Form("/contact").Values.Get("contact[order]"); got != "#1001" {
		t.Errorf("the order's number of the link is %q", got)
	}
	form := page.Form("/contact").Set("contact[name]", `A "<b>" name`).Set("contact[email]", "no address").Set("contact[body]", "Hello\n<i>you</i>")
	refused := form.Submit("").Must(422, "This is not an e-mail address.").Form("/contact")
	if refused.Values.Get("key") != form.Values.Get("key") {
		t.Error("the form has another key, so that pressing twice would be two messages")
	}
	for field, want := range map[string]string{"contact[name]": `A "<b>" name`, "contact[email]": "no address", "contact[order]": "#1001", "contact[body]": "Hello\n<i>you</i>"} {
		if got := refused.Values.Get(field); got != want {
			t.Errorf("%s came back as %q", field, got)
		}
	}
	waited()
	refused.Set("contact[email]", "ada@runner.example").Set("contact[website]", "x").Submit("").Must(422, "press Send once more").
		Form("/contact").Submit("").Must(200, "Thank you")
}

func TestOtherKindsOfContactFormAreRefusedHonestly(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	key := s.App.DB.NewFormKey(contact.Form, shop.At(time.Now().Add(-time.Minute)))
	message := url.Values{"form_type": {"contact"}, "key": {key}, "contact[email]": {"a@runner.example"}, "contact[body]": {"Hello"}}
	customer := url.Values{"form_type": {"customer"}, "contact[email]": {"a@runner.example"}, "contact[tags]": {"newsletter"}}
	tests := []struct {
		name, site string
		form       url.Values
		status     int
		says       string
	}{
		{"the newsletter's", "same-origin", customer, 422, "no newsletter yet"},
		{"the newsletter's on another site", "cross-site", customer, 422, "no newsletter yet"},
		{"a message from another site", "cross-site", message, 403, "did not come from the shop"},
		{"of an unknown kind", "same-origin", url.Values{"form_type": {"storefront_password"}}, 422, "does not know"},
		{"of no kind", "same-origin", url.Values{}, 422, "does not know"},
		{"nothing filled in", "same-origin", url.Values{"form_type": {"contact"}}, 422, "Write what you would like to say"},
		{"a message", "same-origin", message, 303, ""},
	}
	for _, tt := range tests {
		r, err := http.NewRequest("POST", s.URL+"/contact", strings.NewReader(tt.form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", tt.site)
		w, err := (&http.Transport{}).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		body := new(strings.Builder)
		if err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if w.StatusCode != tt.status || !strings.Contains(body.String(), tt.says) || w.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s answers %d %v: %.300s", tt.name, w.StatusCode, w.Header, body)
		}
	}
	if list, err := s.App.DB.Messages(t.Context(), false, 0, 10); err != nil || len(list) != 1 {
		t.Errorf("%d messages, %v", len(list), err)
	}
}
