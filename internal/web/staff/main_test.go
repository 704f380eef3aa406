package staff_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"longrun/internal/access"
	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

const password = "seven quiet hills at dawn"

// open is a shop without a limit on writes and with an owner.
func open(t *testing.T) (*apptest.Shop, shop.Staff) {
	t.Helper()
	s := apptest.Start(t, database.SQLite)
	if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
		t.Fatal(err)
	}
	return s, hire(t, s, "owner@shop.example", shop.RoleOwner)
}

func hire(t *testing.T, s *apptest.Shop, email string, role shop.StaffRole) shop.Staff {
	t.Helper()
	name, _, _ := strings.Cut(email, "@")
	invited, err := s.App.Access.Invite(t.Context(), shop.ByCommand, access.Invitation{Email: email, Name: "The " + name, Role: string(role)})
	if err != nil {
		t.Fatal(err)
	}
	staff, err := s.App.Access.Accept(t.Context(), invited.Token, password)
	if err != nil {
		t.Fatal(err)
	}
	return staff
}

// signIn signs somebody in through the form.
func signIn(t *testing.T, s *apptest.Shop, email string) *apptest.Shopper {
	t.Helper()
	b := s.Shopper(t)
	b.Get("/staff").Must(200, "Sign in").Form("/staff/sign-in").Set("email", email).Set("password", password).Submit("")
	return b
}

// session begins somebody's session past the form and gives its token.
func session(t *testing.T, s *apptest.Shop, who shop.Staff) string {
	t.Helper()
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	token := fmt.Sprintf("%s%s", strings.Map(func(r rune) rune { return rune(letters[(r-'0')%26]) }, fmt.Sprintf("%019d", time.Now().UnixNano())), "AAAAAAA")
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.AddSession(ctx, &shop.StaffSession{StaffID: who.ID, Stage: shop.SessionFull, Network: "192.0.2.0/24", Agent: "Test"}, token)
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// answer is what a request by hand gets; redirects are not followed.
type answer struct {
	status   int
	location string
	cookies  []*http.Cookie
	header   http.Header
	body     string
}

// ask sends a request with a session's token, "" for none, as a page of the
// shop would.
func ask(t *testing.T, s *apptest.Shop, method, path, token string, form url.Values, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: "staff", Value: token})
	}
	client := &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header.Get("Location"), response.Cookies(), response.Header, string(body)}
}

// tokenOf is the session's token that an answer sets.
func (a answer) tokenOf(t *testing.T) *http.Cookie {
	t.Helper()
	for _, c := range a.cookies {
		if c.Name == "staff" {
			return c
		}
	}
	t.Fatalf("no session's cookie among %v, status %d: %.300s", a.cookies, a.status, a.body)
	return nil
}

// code is what an authenticator shows for the secret on a page, some steps
// from now.
func code(t *testing.T, secret string, steps int) string {
	t.Helper()
	text, err := totp.GenerateCode(strings.ToUpper(strings.ReplaceAll(secret, " ", "")), time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
