package staff_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/demo"
	"longrun/internal/shop"
)

// enter signs the owner in through a browser.
func enter(s *apptest.Shop, b *apptest.Browser) {
	b.Open(s.URL+"/staff").WaitFor("Sign in").Type("#email", "owner@shop.example").Type("#password", password).Click("button.main", "Hello")
}

// TestABrowserSeesEveryPageOfProducts also writes pictures of them where
// LONGRUN_TEST_PICTURES names a folder.
func TestABrowserSeesEveryPageOfProducts(t *testing.T) {
	b := apptest.NewBrowser(t, false)
	s, _ := open(t)
	picture := func(name string) {
		for _, width := range []int64{1280, 768} {
			b.Picture("staff-"+name, width)
		}
		b.Dark(true).Picture("staff-"+name+"-dark", 1280)
		b.Dark(false)
	}
	enter(s, b)
	b.Open(s.URL + "/staff/products").WaitFor("no products yet")
	picture("products-empty")
	b.Open(s.URL + "/staff/products/new").WaitFor("New product")
	picture("product-new")
	if err := demo.Fill(context.Background(), s.App.Catalog); err != nil {
		t.Fatal(err)
	}
	big := largest(t, s)
	for name, path := range map[string]string{
		"products": "", "products-nothing": "?q=nothing+has+this+name", "product": fmt.Sprintf("/%d", big.ID), "product-copy": fmt.Sprintf("/%d/duplicate", big.ID),
		"product-delete": fmt.Sprintf("/%d/delete", big.ID), "product-prices": "/prices",
	} {
		b.Open(s.URL + "/staff/products" + path).WaitFor("Sign out")
		picture(name)
	}
	first := "#f-v-" + fmt.Sprint(big.Variants[0].ID)
	b.Open(fmt.Sprintf("%s/staff/products/%d", s.URL, big.ID)).WaitFor("Sizes")
	b.Type(first+"-price", "１２").Type("#f-title", " ").Click(".savebar button", "What needs another look")
	picture("product-refused")
	b.Open(fmt.Sprintf("%s/staff/products/%d", s.URL, big.ID)).WaitFor("Sizes")
	b.Type(first+"-price", "1.00").Click(".savebar button", "Is this meant?")
	picture("product-unsure")
	b.Open(fmt.Sprintf("%s/staff/products/%d", s.URL, big.ID)).WaitFor("Sizes")
	b.Type("#f-paste-price", "149.00").Click(".grid button", "will change")
	picture("product-pasted")
	b.Open(fmt.Sprintf("%s/staff/products/prices", s.URL)).Type("#list", big.Variants[0].SKU+"\t99.00\n"+big.Variants[1].SKU+"\t98.00").Click("button.main", "2 prices will change")
	picture("product-prices-preview")
}

// largest is the product with the most sizes.
func largest(t *testing.T, s *apptest.Shop) shop.Product {
	t.Helper()
	list, err := s.App.DB.ProductsAfter(t.Context(), 0, 1_000)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	most := list[0]
	for _, p := range list {
		if len(p.Variants) > len(most.Variants) {
			most = p
		}
	}
	return most
}

var _ = strings.Contains
