package staff_test

import (
	"archive/zip"
	"strings"
	"testing"
	"time"

	"longrun/internal/shop"
)

func TestStaffHandOutAndEraseWhatIsHeldOfSomebody(t *testing.T) {
	s, _ := open(t)
	writeTo(t, s, "Grace Hopper", "Grace@runner.example")
	b := signIn(t, s, "owner@shop.example")
	find := b.Get("/staff").Follow("Personal data").Must(200, "Nothing yet.")
	find.Form("/staff/privacy").Set("email", "grace@").Submit("").Must(422, "not an e-mail address").MustNot("is held of grace")
	page := find.Form("/staff/privacy").Set("email", "grace@runner.example").Submit("").Must(200, "What is held of grace@runner.example", "Messages 1")
	if strings.Contains(page.URL.String(), "grace") || strings.Contains(page.URL.String(), "runner.example") {
		t.Errorf("the address stands in the page's own: %s", page.URL)
	}
	files := page.Form(page.URL.Path + "/export").Submit("")
	if _, err := zip.NewReader(strings.NewReader(files.Body), int64(len(files.Body))); err != nil || files.Status != 200 {
		t.Fatalf("the files are %d: %v", files.Status, err)
	}
	page.Form(page.URL.Path+"/erase").Submit("").Must(200, "The erasure is asked for.", "erasure", "handed out", "The owner")
	page.Form(page.URL.Path + "/erase").Submit("").Must(200) // pressed twice
	soon(t, "it is erased", func() bool {
		list, err := s.App.DB.PrivacyRequestsOf(t.Context(), "grace@runner.example")
		return err == nil && len(list) == 2 && list[0].Kind == shop.PrivacyErase && list[0].State == shop.PrivacyDone
	})
	b.Get(page.URL.Path).Must(200, "Nothing is held of this address.", "messages: 1").MustNot("Erase it for good")
	b.Get("/staff/audit?action=privacy.").Must(200, "privacy.export", "privacy.erase").MustNot("grace", "Grace")
	b.Get("/staff/privacy/x").Must(404)
	b.Get("/staff/privacy/" + strings.Repeat("A", 200)).Must(404)
	s.Advance(11 * time.Minute)
	b.Get(page.URL.Path).Must(200, "Your password, please").MustNot("grace@")
	b.Get("/staff/system/retention").Must(200, "Bags that nobody has touched", "until the end of the 7th year after the sale")
	s.Verify()
}
