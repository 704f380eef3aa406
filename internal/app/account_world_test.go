package app_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

// unlimited lets tests write as often as they like.
func unlimited(t *testing.T, s *apptest.Shop) {
	t.Helper()
	if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond) // the limit in force is read once a second
}

// mailTo waits for the n-th mail to an address and returns it.
func mailTo(t *testing.T, s *apptest.Shop, email string, n int) mail.CaughtMessage {
	t.Helper()
	var found []mail.CaughtMessage
	eventually(t, "a mail to "+email, func() bool {
		found = nil
		for _, m := range s.Mail() {
			if m.To == email {
				found = append(found, m)
			}
		}
		return len(found) >= n
	})
	if len(found) > n {
		t.Fatalf("%d mails to %s, want %d", len(found), email, n)
	}
	return found[0]
}

var (
	linkInMail = regexp.MustCompile(`http\S+(/account/(login|email)/[a-z2-7]{26})\b`)
	codeInMail = regexp.MustCompile(`\b[0-9]{3} [0-9]{3}\b`)
)

// linkOf is the path of the link in a mail.
func linkOf(t *testing.T, m mail.CaughtMessage) string {
	t.Helper()
	found := linkInMail.FindStringSubmatch(m.Text)
	if found == nil || !strings.Contains(m.HTML, found[1]) {
		t.Fatalf("the mail has no link in both forms:\n%s", m.Text)
	}
	return found[1]
}

func codeOf(t *testing.T, m mail.CaughtMessage) string {
	t.Helper()
	code := codeInMail.FindString(m.Text)
	if code == "" || !strings.Contains(m.HTML, code) {
		t.Fatalf("the mail has no code in both forms:\n%s", m.Text)
	}
	return code
}

// askToSignIn asks for a mail as a shopper does, from the login page.
func askToSignIn(b *apptest.Shopper, email string) *apptest.Page {
	return b.Get("/account/login").Form("/account/login").Set("email", email).Submit("").Must(200, "Look in your mail")
}

// signIn signs a browser in by the n-th mail that an address gets.
func signIn(t *testing.T, s *apptest.Shop, b *apptest.Shopper, email string, n int) *apptest.Page {
	t.Helper()
	code := askToSignIn(b, email)
	typed := codeOf(t, mailTo(t, s, shop.SameEmail(email), n))
	return code.Form("/account/login/code").Set("code", typed).Submit("")
}

// agent is a browser whose cookies a test can see, and which follows nothing.
type agent struct {
	t    *testing.T
	s    *apptest.Shop
	http *http.Client
}

func newAgent(t *testing.T, s *apptest.Shop) *agent {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &agent{t, s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// send sends a request from the shop's own pages, with more headers.
func (a *agent) send(method, path string, form url.Values, header ...string) (*http.Response, string) {
	a.t.Helper()
	r, err := http.NewRequest(method, a.s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w, err := a.http.Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return w, string(body)
}

func (a *agent) cookie(name string) string {
	a.t.Helper()
	u, err := url.Parse(a.s.URL)
	if err != nil {
		a.t.Fatal(err)
	}
	for _, c := range a.http.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (a *agent) setCookie(name, value string) {
	a.t.Helper()
	u, err := url.Parse(a.s.URL)
	if err != nil {
		a.t.Fatal(err)
	}
	a.http.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// signIn signs the browser in by the n-th mail that an address gets, by its
// link, and returns the answer.
func (a *agent) signIn(email string, n int, form url.Values) *http.Response {
	a.t.Helper()
	if form == nil {
		form = url.Values{}
	}
	form.Set("email", email)
	if w, body := a.send("POST", "/account/login", form); w.StatusCode != 303 {
		a.t.Fatalf("asking answered %d: %.300s", w.StatusCode, body)
	}
	w, body := a.send("POST", linkOf(a.t, mailTo(a.t, a.s, email, n)), nil)
	if w.StatusCode != 303 {
		a.t.Fatalf("the link answered %d: %.300s", w.StatusCode, body)
	}
	return w
}
