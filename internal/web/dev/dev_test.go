package dev_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/mail"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/dev"
	"longrun/templates"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

func kit(t *testing.T, db *database.DB, environment string) *web.Kit {
	t.Helper()
	k, err := web.New(web.Options{
		Reader: db.Reader, Templates: templates.Files, BaseURL: "http://shop.test", Environment: environment, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func open(t *testing.T, simulator string) (http.Handler, *database.DB, string) {
	t.Helper()
	db, dir := databasetest.Open(t, database.SQLite), t.TempDir()
	k := kit(t, db, web.Development)
	d, err := dev.New(dev.Options{Kit: k, Reader: db.Reader, Settings: settings.New(db, true), MailDir: dir, Simulator: simulator})
	if err != nil {
		t.Fatal(err)
	}
	return k.Handler(d), db, dir
}

func ask(h http.Handler, method, path string, fields url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://shop.test"+path, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestThereAreNoDevelopmentPagesElsewhere(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	for _, environment := range []string{web.Production, web.Staging, ""} {
		if _, err := dev.New(dev.Options{Kit: kit(t, db, environment)}); err == nil {
			t.Errorf("in %q the pages exist", environment)
		}
	}
}

func TestCaughtMailCanBeRead(t *testing.T) {
	h, _, dir := open(t, "")
	if w := ask(h, "GET", "/dev/mail.json", nil); w.Body.String() != "[]" {
		t.Errorf("without mail the list is %s", w.Body)
	}
	folder, err := mail.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"First", "Second <b>"} {
		message := mail.Message{From: "shop@shop.example", To: "ada@shop.example", Subject: subject, Text: "Hello\n", HTML: "<p>Hello</p>", ID: subject[:5] + "@shop.example", At: shop.At(time.Now())}
		if err := folder.Send(t.Context(), message); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	var list []mail.CaughtMessage
	if err := json.Unmarshal(ask(h, "GET", "/dev/mail.json", nil).Body.Bytes(), &list); err != nil || len(list) != 2 || list[0].Subject != "Second <b>" {
		t.Fatalf("the list is %+v, %v", list, err)
	}
	if w := ask(h, "GET", "/dev/mail", nil); w.Code != 200 || strings.Contains(w.Body.String(), "<b>") || !strings.Contains(w.Body.String(), `href="/dev/mail/2"`) {
		t.Errorf("the page is %d: %s", w.Code, w.Body)
	}
	if w := ask(h, "GET", "/dev/mail/1", nil); !strings.Contains(w.Body.String(), "First") || !strings.Contains(w.Body.String(), "ada@shop.example") {
		t.Errorf("the first mail is %s", w.Body)
	}
	if w := ask(h, "GET", "/dev/mail/1/html", nil); !strings.Contains(w.Body.String(), "<p>Hello</p>") || !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the mail's own page is %s", w.Body)
	}
	for _, n := range []string{"0", "3", "x", "..%2f1"} {
		if w := ask(h, "GET", "/dev/mail/"+n, nil); w.Code != 404 {
			t.Errorf("mail %s is %d", n, w.Code)
		}
	}
}

func TestTheClockOfTheShopAndOfStripeMoveTogether(t *testing.T) {
	var told string
	simulator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		told = r.Method + " " + r.URL.Path + " " + r.PostFormValue("now")
	}))
	defer simulator.Close()
	h, db, _ := open(t, simulator.URL)
	if w := ask(h, "POST", "/dev/clock", url.Values{"now": {"2031-02-03T04:05:06Z"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	now, err := db.Now(t.Context())
	if err != nil || now.Format("2006-01-02T15:04") != "2031-02-03T04:05" {
		t.Errorf("the shop has %v, %v", now, err)
	}
	if !strings.HasPrefix(told, "POST /_sim/clock 2031-02-03T04:05:06") {
		t.Errorf("the simulator was told %q", told)
	}
	ask(h, "POST", "/dev/clock", url.Values{"advance": {"40m"}})
	if later, _ := db.Now(t.Context()); later.Sub(now.Time).Round(time.Minute) != 40*time.Minute || !strings.Contains(told, "T04:45:") {
		t.Errorf("moved on, the shop has %v, the simulator was told %q", later, told)
	}
	for _, fields := range []url.Values{{}, {"now": {"tomorrow"}}, {"advance": {"40"}}, {"now": {"9999-01-01T00:00:00Z"}}} {
		if w := ask(h, "POST", "/dev/clock", fields); w.Code != 422 {
			t.Errorf("%v is %d", fields, w.Code)
		}
	}
	if w := ask(h, "GET", "/dev/clock", nil); w.Code != 200 || !strings.Contains(w.Body.String(), "2031-02-03") {
		t.Errorf("the page is %d: %s", w.Code, w.Body)
	}
}

func TestAClockThatStripeDoesNotFollowSaysSo(t *testing.T) {
	h, _, _ := open(t, "http://127.0.0.1:1")
	if w := ask(h, "POST", "/dev/clock", url.Values{"advance": {"1m"}}); w.Code != 503 || !strings.Contains(w.Body.String(), "did not follow") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}
