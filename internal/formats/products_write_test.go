package formats_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

func write(t testing.TB, kept []string, products ...shop.Product) string {
	t.Helper()
	var b bytes.Buffer
	w, err := formats.NewProductWriter(&b, kept, func(i shop.ProductImage) string { return i.SourceURL })
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range products {
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestProductWriter(t *testing.T) {
	compare := shop.Cents(12_000)
	product := shop.Product{
		Handle: "ridge", Title: "=Ridge", Description: "<p>a\nb</p>", Status: shop.ProductDraft,
		Options:   []shop.ProductOption{{Position: 1, Name: "Size"}},
		Tags:      []shop.ProductTag{{Tag: "road"}, {Tag: "wide"}},
		Fields:    []shop.ProductField{{Name: "product.metafields.custom.upper", Value: "mesh"}},
		ShoeFacts: shop.ShoeFacts{DropMM: -1},
		Images: []shop.ProductImage{
			{Position: 1, SourceURL: "https://x.example/1.jpg", Alt: "side"}, {Position: 2, SourceURL: "https://x.example/2.jpg"},
			{Position: 3, SourceURL: "https://x.example/3.jpg"},
		},
		Variants: []shop.Variant{
			{Option1: "9", SKU: "'100", Price: 9_950, CompareAt: &compare, Tracked: true, Stock: shop.StockLevel{OnHand: -2}, Policy: shop.PolicyContinue},
			{Option1: "9.5", SKU: "-7", Price: 9_950, Policy: shop.PolicyDeny},
		},
	}
	tests := []struct {
		name   string
		column formats.Column
		want   string
	}{
		{"a row for each variant or image", formats.Handle, "[ridge] [ridge] [ridge]"},
		{"product cells in the first only", formats.Title, "[=Ridge] [] []"},
		{"lines stay", formats.Body, "[<p>a\nb</p>] [] []"},
		{"SKUs come back as they were", formats.SKU, "['100] [-7] []"},
		{"prices", formats.Price, "[99.50] [99.50] []"},
		{"compare-at", formats.CompareAt, "[120.00] [] []"},
		{"counts of the counted only", formats.Quantity, "[-2] [] []"},
		{"pictures", formats.ImageSrc, "[https://x.example/1.jpg] [https://x.example/2.jpg] [https://x.example/3.jpg]"},
		{"tags", formats.Tags, "[road, wide] [] []"},
		{"facts", formats.DropMM, "[-1] [] []"},
	}
	file := write(t, []string{"product.metafields.custom.upper"}, product)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := records(t, file, tt.column)
			if err != nil {
				t.Fatal(err)
			}
			want := "ridge@2: " + tt.want
			if diff := cmp.Diff([]string{want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, cell := range []string{",'=Ridge,", ",'100,", ",'-7,", ",-2,", "Upper (product.metafields.custom.upper)"} {
		if !strings.Contains(file, cell) {
			t.Errorf("the file lacks %s:\n%s", cell, file)
		}
	}
}

func TestKeptColumnsThatDifferInCaseAreOne(t *testing.T) {
	file := write(t, []string{"Season", "SEASON", "variant sku"},
		shop.Product{Handle: "a", Fields: []shop.ProductField{{Name: "SEASON", Value: "autumn"}}})
	if n := strings.Count(strings.ToLower(file), "season"); n != 1 || !strings.Contains(file, "autumn") {
		t.Errorf("%d columns:\n%s", n, file)
	}
	if _, err := records(t, file, formats.Handle); err != nil {
		t.Error(err)
	}
}
