package dev_test

import (
	"net/http"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/mail"
)

// Every mail can be looked at, and a Host header that lies changes no link.
func TestEveryKindOfMailCanBeLookedAt(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	if _, err := s.App.Settings.Set(t.Context(), "shop_phone", "(503) 555-0199", "staff:1"); err != nil {
		t.Fatal(err)
	}
	list := s.Shopper(t).Get("/dev/mails").Must(200, "Every kind of mail")
	for _, kind := range mail.Kinds() {
		at := "/dev/mails/" + string(kind)
		if !strings.Contains(list.Body, `href="`+at+`"`) {
			t.Errorf("%s is not in the list", kind)
		}
		s.Shopper(t).Get(at).Must(200, "Reply-To: ", "Message-ID: <sample-"+string(kind)+"@", "(503) 555-0199")
		for _, form := range []string{"/html", "/text"} {
			r, err := http.NewRequest("GET", s.URL+at+form, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = "evil.example"
			r.Header.Set("X-Forwarded-Host", "evil.example")
			r.Header.Set("Forwarded", "host=evil.example;proto=https")
			w, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			body := new(strings.Builder)
			_ = w.Write(body)
			if w.StatusCode >= 500 || strings.Contains(body.String(), "evil") {
				t.Errorf("%s%s with another host answers %d:\n%s", kind, form, w.StatusCode, body)
			}
			_, text, _ := strings.Cut(body.String(), "\r\n\r\n")
			if w.StatusCode == 200 && form == "/text" && strings.Contains(text, "://") && !strings.Contains(text, s.URL+"/") {
				t.Errorf("%s leads elsewhere:\n%s", kind, body)
			}
		}
	}
	s.Shopper(t).Get("/dev/mails/spam").Must(404)
}
