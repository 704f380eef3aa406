package storefront_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestAProductsJSONInCents(t *testing.T) {
	s := newBagShop(t)
	p := s.object(s.get("/products/tern-racer.js"), http.StatusOK)
	want := sorted(`id title handle description published_at created_at vendor type tags price price_min price_max available price_varies
		compare_at_price compare_at_price_min compare_at_price_max compare_at_price_varies variants images featured_image options url media
		requires_selling_plan selling_plan_groups`)
	if diff := cmp.Diff(want, keysOf(p)); diff != "" {
		t.Error(diff)
	}
	for field, value := range map[string]any{
		"price": 14_000.0, "compare_at_price": 16_000.0, "available": true, "price_varies": false, "tags": []any{"race", "road"},
		"type": "Shoes", "url": "/products/tern-racer", "description": "<p>Light &amp; quick.</p>",
		"options": []any{
			map[string]any{"name": "Size", "position": 1.0, "values": []any{"9", "10"}},
			map[string]any{"name": "Width", "position": 2.0, "values": []any{"D", "2E"}},
		},
	} {
		if diff := cmp.Diff(value, p[field]); diff != "" {
			t.Errorf("%s: %s", field, diff)
		}
	}
	wide := p["variants"].([]any)[1].(map[string]any)
	fields := sorted(`id title option1 option2 option3 sku requires_shipping taxable featured_image available name public_title options price
		weight compare_at_price inventory_management barcode`)
	if diff := cmp.Diff(fields, keysOf(wide)); diff != "" {
		t.Error(diff)
	}
	if wide["available"] != false || wide["title"] != "9 / 2E" || wide["option3"] != nil || wide["name"] != "Tern Racer - 9 / 2E" || wide["inventory_management"] != "shopify" {
		t.Errorf("the variant is %v", wide)
	}
	if image := p["featured_image"].(string); image[:len("//shop.test/")] != "//shop.test/" {
		t.Errorf("a picture is on another host: %s", image)
	}
}

func TestAProductsJSONInDecimals(t *testing.T) {
	s := newBagShop(t)
	single := s.object(s.get("/products/tern-racer.json"), http.StatusOK)["product"].(map[string]any)
	if single["tags"] != "race, road" || single["body_html"] != "<p>Light &amp; quick.</p>" {
		t.Errorf("the product is %v", single)
	}
	list := s.object(s.get("/products.json"), http.StatusOK)["products"].([]any)
	p := list[len(list)-1].(map[string]any)
	if diff := cmp.Diff(sorted(`id title handle body_html published_at created_at updated_at vendor product_type tags variants images options`), keysOf(p)); diff != "" {
		t.Error(diff)
	}
	v := p["variants"].([]any)[0].(map[string]any)
	if diff := cmp.Diff(sorted(`id title option1 option2 option3 sku requires_shipping taxable featured_image available price grams compare_at_price
		position product_id created_at updated_at`), keysOf(v)); diff != "" {
		t.Error(diff)
	}
	if v["price"] != "140.00" || v["compare_at_price"] != "160.00" || v["grams"] != 800.0 {
		t.Errorf("the variant is %v", v)
	}
	if diff := cmp.Diff(sorted(`id product_id position created_at updated_at alt width height src variant_ids`), keysOf(p["images"].([]any)[0])); diff != "" {
		t.Error(diff)
	}
}

func TestProductsJSONIsPagedAndEnds(t *testing.T) {
	s := newBagShop(t)
	for i := range 33 {
		s.sell(shop.Product{Handle: fmt.Sprintf("sock-%d", i), Title: "Sock", Variants: []shop.Variant{{Position: 1, Option1: shop.DefaultTitle, WeightUnit: "g", Policy: shop.PolicyDeny}}})
	}
	for query, want := range map[string]int{
		"": 30, "?page=2": 5, "?page=3": 0, "?limit=250": 35, "?limit=1000000000": 35, "?limit=10&page=4": 5, "?limit=0": 30, "?limit=-1": 30, "?limit=x&page=-1": 30,
	} {
		if got := len(s.object(s.get("/products.json"+query), http.StatusOK)["products"].([]any)); got != want {
			t.Errorf("%q gives %d products, want %d", query, got, want)
		}
	}
}

func TestWhatShoppersMayNotSeeHasNoJSON(t *testing.T) {
	s := newBagShop(t)
	for _, target := range []string{"/products/nothing.js", "/products/nothing.json", "/products/.js", "/collections/nothing/products.json"} {
		s.object(s.get(target), http.StatusNotFound)
	}
	s.object(s.get("/collections/all/products.json"), http.StatusOK)
}
