package staff_test

import (
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// TestABrowserFillsACollection also writes pictures of its pages where
// LONGRUN_TEST_PICTURES names a folder.
func TestABrowserFillsACollection(t *testing.T) {
	s, _, at := gathered(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	b := apptest.NewBrowser(t, true)
	picture := func(name string) {
		for _, width := range []int64{1280, 768, 320} {
			b.Picture("staff-"+name, width)
		}
	}
	b.Open(s.URL+"/staff").WaitFor("Sign in").Type("#email", "owner@shop.example").Type("#password", password).Click("button.main", "Hello")
	b.Open(s.URL + at + "?q=e").WaitFor("Heron <i>")
	b.Choose(`[aria-label="Tick all that were found"]`)
	picture("collection-found")
	b.Click("form[action$='/add'] button.main", "They are in the collection.").WaitFor("Products: 3")
	b.Click(`[aria-label="Move Tern up"]`, "Tern").WaitFor("moved: ")
	picture("collection")
	signIn(t, s, "eve@shop.example").Get(at).Form(at).Set("title", "Hers").Submit("").Must(200)
	b.Type("#title", "Mine").Click("form.broad button.main", "What others did meanwhile")
	picture("collection-conflict")
	b.Click("form.broad button.main", "The collection is saved.")
	b.Open(s.URL + "/staff/collections").WaitFor("Mine")
	picture("collections")
}
