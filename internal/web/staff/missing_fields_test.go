package staff_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/settings"
	"longrun/internal/shop"
)

func TestAFormWithoutItsOtherFieldsTakesNothingAway(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	p := newTern(t, s, "tern")
	made, err := s.App.Catalog.MakeCollection(t.Context(), "staff:1", shop.Collection{
		Title: "Road", Description: "<p>For the road.</p>", SortOrder: shop.SortTitle, Published: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.App.Settings.SetAlarms(t.Context(), settings.Alarms{To: []string{"eve@shop.example"}, On: []shop.AlarmKind{shop.AlarmMail}}, "test"); err != nil {
		t.Fatal(err)
	}
	before, err := s.App.DB.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	a := ask(t, s, "POST", pageOf(p), token, url.Values{"version": {fmt.Sprint(p.Version)}, "title": {"Kelp"}})
	want := p
	want.Title, want.Version = "Kelp", p.Version+1
	got := now(t, s, p.ID)
	want.UpdatedAt = got.UpdatedAt
	if diff := cmp.Diff(want, got); a.status != 303 || diff != "" {
		t.Errorf("a title alone: %d (-want +got):\n%s", a.status, diff)
	}
	if a := ask(t, s, "POST", pageOf(p), token, url.Values{"title": {"Heron"}}); a.status != 409 || now(t, s, p.ID).Title != "Kelp" {
		t.Errorf("a title without a version: %d", a.status)
	}

	at := fmt.Sprintf("/staff/collections/%d", made.ID)
	a = ask(t, s, "POST", at, token, url.Values{"version": {"1"}, "title": {"Trail"}})
	kept, err := s.App.DB.CollectionByID(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, kept); a.status != 400 || diff != "" {
		t.Errorf("a collection's title alone: %d (-want +got):\n%s", a.status, diff)
	}

	for _, form := range []url.Values{{}, {"alarm_mail_to": {"eve@shop.example"}}} {
		a = ask(t, s, "POST", "/staff/settings/alarms", token, form)
		after, err := s.App.DB.Settings(t.Context())
		if diff := cmp.Diff(before, after); a.status != 400 || err != nil || diff != "" {
			t.Errorf("%v for alarms: %d %v (-want +got):\n%s", form, a.status, err, diff)
		}
	}
}

func TestAFormOfManyRowsAndColumnsIsReadQuickly(t *testing.T) {
	s, owner := open(t)
	p := newTern(t, s, "tern")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := range 4_500 {
		_ = form.WriteField(fmt.Sprintf("row.%d", i), "9")
		_ = form.WriteField(fmt.Sprintf("col.%d", i), "D")
	}
	_ = form.WriteField("version", fmt.Sprint(p.Version))
	_ = form.Close()
	r, err := http.NewRequest(http.MethodPost, s.URL+pageOf(p), &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "staff", Value: session(t, s, owner)})
	began := time.Now()
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if took := time.Since(began); took > time.Second || response.StatusCode != 303 {
		t.Errorf("it took %s, status %d", took, response.StatusCode)
	}
}
