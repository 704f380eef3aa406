package staff_test

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// TestABrowserSeesEveryPageOfStock also writes pictures of them where
// LONGRUN_TEST_PICTURES names a folder.
func TestABrowserSeesEveryPageOfStock(t *testing.T) {
	s, _ := open(t)
	signIn(t, s, "owner@shop.example")
	b := apptest.NewBrowser(t, true)
	picture := func(name string) {
		for _, width := range []int64{1280, 768, 320} {
			b.Picture("staff-"+name, width)
		}
	}
	b.Open(s.URL + "/staff").WaitFor("Sign in")
	b.Type("#email", "owner@shop.example").Type("#password", password).Click("button.main", "Hello")
	for _, page := range []string{"", "/sell", "/receive", "/count", "/movements", "/low"} {
		b.Open(s.URL + "/staff/stock" + page).WaitFor("Sign out")
		picture("stock-empty-" + url.PathEscape(page[min(len(page), 1):]))
	}
	barcodes(t, s, s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer – Ember", Price: 14_000, Sizes: []string{"8", "8.5", "9", "9.5", "10", "11"}, Stock: 3}))
	barcodes(t, s, s.Sell(apptest.Shoe{Handle: "swift", Title: "Swift <Trail> – Moss", Price: 12_000, Sizes: []string{"9", "10"}, Stock: 9}))
	b.Open(s.URL + "/staff/stock").WaitFor("Tern Racer").Choose("tr:nth-child(2) summary")
	picture("stock")
	b.Type("tr:nth-child(2) input[name=change]", "-10").Click("tr:nth-child(2) details .row button", "9 on hand, so 10 cannot go")
	picture("stock-refused")
	b.Type("[aria-invalid=true], details[open] input[name=change]", "-1").Type("details[open] input[name=note]", "<b>box</b> ripped").
		Click("details[open] .row button", "The count is adjusted.")
	picture("stock-adjusted")
	b.Open(s.URL+"/staff/stock/sell").Type("#code", "4000000000100").Click("button.main", "2 left")
	picture("stock-sell")
	b.Type("#code", "nothing").Click("button.main", "No size has")
	picture("stock-sell-refused")
	b.Open(s.URL+"/staff/stock/receive").Type("#lines", "tern-9\t5\ntern-9,1\nswift-10 12").Type("#reference", "Slip 77").Click("[value=look]", "Nothing is saved yet")
	picture("stock-receive-look")
	b.Type("#lines", "tern-9\t１２\nnobody 1\nswift-9 -1").Click("[value=receive]", "3 lines are not right")
	picture("stock-receive-refused")
	b.Type("#lines", "tern-9\t5\ntern-9,1\nswift-10 12").Click("[value=receive]", "added up")
	picture("stock-received")
	b.Open(s.URL+"/staff/stock?q=tern").WaitFor("Tern Racer").Click(".acts a", "What stays empty").Type("tbody tr:nth-child(1) input[size]", "1").Type("tbody tr:nth-child(2) input[size]", "2").Click(".main", "Nothing is saved yet")
	picture("stock-count-check")
	b.Click("[value=save]", "The count is saved.")
	b.Open(s.URL + "/staff/stock/movements").WaitFor("opening stock")
	picture("stock-movements")
	b.Open(s.URL + "/staff/stock/movements?q=tern-9").WaitFor("On hand then")
	picture("stock-movements-one")
	b.Open(s.URL + "/staff/stock/low").WaitFor("Tern Racer")
	picture("stock-low")
	s.Verify()
}

// barcodes gives the sizes of a product barcodes: 4000000000 with its number
// and the size's.
func barcodes(t *testing.T, s *apptest.Shop, p shop.Product) shop.Product {
	t.Helper()
	for i := range p.Variants {
		p.Variants[i].Barcode = fmt.Sprintf("4000000000%d%02d", p.ID, i)
	}
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, v := range p.Variants {
			if err := tx.UpdateVariant(ctx, v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
