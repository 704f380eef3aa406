package app_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/catalog"
	"longrun/internal/demo"
	"longrun/internal/testneed"
)

// TestABrowserBuysAnImportedThingAndADemoShoe imports a real export where it
// lies beside the repository.
func TestABrowserBuysAnImportedThingAndADemoShoe(t *testing.T) {
	file, err := os.Open("../../../shared/data/shopify-partners-jewelery.csv")
	if err != nil {
		testneed.Missing(t, "the real export ../shared/data/shopify-partners-jewelery.csv")
	}
	defer file.Close()
	b := apptest.NewBrowser(t, false)
	s := apptest.Start(t, "sqlite")
	if err := demo.Fill(context.Background(), s.App.Catalog); err != nil {
		t.Fatal(err)
	}
	report, err := s.App.Catalog.Import(t.Context(), file, catalog.ImportOptions{Who: "test"})
	if err != nil || report.Products.Made != 20 {
		t.Fatalf("importing: %+v, %v", report, err)
	}
	style := demo.Styles()[0]
	b.Open(s.URL + "/products/chain-bracelet").WaitFor("7 Shakra Bracelet")
	b.Picture("imported", 768)
	b.Click(`form[action="/cart/add"] button`, "Your Bag")
	b.Open(s.URL + "/products/" + style.Handle(style.Colourways[0])).WaitFor(style.Title)
	b.Click(`form[action="/cart/add"] button`, "Your Bag").WaitFor("7 Shakra Bracelet")
	b.Click(`button[name="checkout"]`, "Card")
	for token, value := range apptest.Buyer() {
		b.Fill(token, value[0])
	}
	b.Click(`p.actions button[value="pay"]`, "Thank you").WaitFor(style.Title).WaitFor("7 Shakra Bracelet")
	if mail := s.WaitForMail(1)[0]; !strings.Contains(mail.Text, "7 Shakra Bracelet") || !strings.Contains(mail.Text, style.Title) {
		t.Errorf("the mail says:\n%s", mail.Text)
	}
	s.Verify()
}
