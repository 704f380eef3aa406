package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
)

// stock is how many pieces of each generated variant there are: enough for
// every order a run can place.
const stock = 10_000

var header = []string{"Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value",
	"Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty",
	"Variant Inventory Policy", "Variant Price", "Variant Requires Shipping", "Variant Taxable", "Status"}

// handle is the handle of the generated product number i.
func handle(i int) string { return "runner-" + strconv.Itoa(i) }

// writeProducts writes n products with a size run of m variants each, as an
// export of another shop would hold them.
func writeProducts(w io.Writer, n, m int) error {
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	for i := range n {
		for j := range m {
			if err := out.Write(row(i, j)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func row(i, j int) []string {
	r := make([]string, len(header))
	set := func(name, value string) {
		for k, h := range header {
			if h == name {
				r[k] = value
			}
		}
	}
	set("Handle", handle(i))
	if j == 0 {
		set("Title", fmt.Sprintf("Runner %d", i))
		set("Body (HTML)", "<p>A shoe for long and easy days. The foam is soft, the upper is wide, and the heel holds.</p><p>Made to be measured, not to be worn.</p>")
		set("Vendor", "Maker "+strconv.Itoa(i%20))
		set("Type", "Road shoes")
		set("Tags", "road, neutral")
		set("Published", "TRUE")
		set("Option1 Name", "Size")
		set("Option2 Name", "Width")
		set("Status", "active")
	}
	size := 7 + float64(j)/2
	set("Option1 Value", strconv.FormatFloat(size, 'f', -1, 64))
	set("Option2 Value", "D")
	set("Variant SKU", fmt.Sprintf("R%d-%g", i, size))
	set("Variant Grams", "560")
	set("Variant Inventory Tracker", "shopify")
	set("Variant Inventory Qty", strconv.Itoa(stock))
	set("Variant Inventory Policy", "deny")
	set("Variant Price", fmt.Sprintf("%d.00", 60+i%200))
	set("Variant Requires Shipping", "true")
	set("Variant Taxable", "true")
	return r
}
