package templates_test

import (
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/staff"
)

// productSamples are the pages of products.
func productSamples() []staffSample {
	bare := staff.Page{Title: "Products", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staffPage("Tern Racer")
	full.Fields = map[string]string{"title": "Give it a title.", "handle": "Taken.", "colour": "Too long.", "v.11.price": "“１２” is not an amount.", "paste.price": "Nothing is right.", "publish_at": "This hour is skipped.", "status": "Not you."}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	words := staff.ProductWords{Vendors: []string{"Hollis & Wade"}, Types: []string{"Road shoes"}, Tags: []string{"road"}}
	product := shop.Product{ID: 7, Title: "Tern <Racer>", Handle: "tern", Status: shop.ProductActive, Variants: make([]shop.Variant, 2)}
	row := database.ProductRow{ID: 7, Title: "Tern <Racer>", Status: "active", Vendor: "Hollis & Wade", Type: "Road shoes", UpdatedAt: at}
	list := &staff.ProductsPage{Page: full, Tab: "active", Text: "tern", Vendor: "Hollis & Wade", Type: "Road shoes", Tag: "road", Stock: "low", Words: words, MayEdit: true, MayDrop: true, Next: "/staff/products?after=1-2",
		Tabs: []staff.ProductTab{{Title: "All", URL: "/staff/products", Count: "1000+"}, {Title: "Active", URL: "/staff/products?tab=active", Count: "7", Here: true}},
		Rows: []staff.ProductLine{{ProductRow: row, URL: "/staff/products/7", Picture: "/x.svg", Width: 96, Height: 72, Stock: "12 in 5 sizes", Prices: "$140.00", Note: "on sale from Nov 23, 09:00"}}}
	return []staffSample{
		{"products", "staff/products.html", list},
		{"products-empty", "staff/products.html", &staff.ProductsPage{Page: bare, MayEdit: true}},
		{"products-nothing", "staff/products.html", &staff.ProductsPage{Page: bare, Sifted: true}},
		{"product", "staff/product.html", fullProduct(full, words)},
		{"product-new", "staff/product.html", &staff.ProductPage{Page: bare, New: true, Action: "/staff/products/new", MayEdit: true, MayCount: true}},
		{"product-seen", "staff/product.html", &staff.ProductPage{Page: bare, ID: 7, Action: "/staff/products/7"}},
		{"product_copy", "staff/product_copy.html", &staff.CopyPage{Page: full, Product: product, TitleOf: "Tern", Handle: "tern-2", ColourOf: "Fog", Pictures: true, Action: "/staff/products/7"}},
		{"product_copy-empty", "staff/product_copy.html", &staff.CopyPage{Page: bare, Product: product, Action: "/staff/products/7"}},
		{"product_drop", "staff/product_drop.html", &staff.DropPage{Page: full, Product: product, Action: "/staff/products/7", OnHand: 12}},
		{"product_drop-empty", "staff/product_drop.html", &staff.DropPage{Page: bare, Product: shop.Product{ID: 7, Title: "Tern"}, Action: "/staff/products/7"}},
		{"product_status", "staff/product_status.html", &staff.StatusPage{Page: full, To: "active", Change: []shop.Product{product}, IDs: []shop.ProductID{7}, Same: 1}},
		{"product_status-empty", "staff/product_status.html", &staff.StatusPage{Page: bare, To: "draft"}},
		{"product_prices", "staff/product_prices.html", &staff.PricesPage{Page: full, Text: "A\t12", Lines: []staff.PriceLine{{SKU: "A", Product: "Tern", Size: "9 / D", From: "$1.00", To: "$2.00"}}, Same: 2, Seen: "x", Warnings: []string{"A would cost nothing."}, Sure: "x"}},
		{"product_prices-wrong", "staff/product_prices.html", &staff.PricesPage{Page: bare, Text: "A", Wrong: []string{"Row 1: this has one cell."}}},
		{"product_prices-empty", "staff/product_prices.html", &staff.PricesPage{Page: bare}},
	}
}

// fullProduct is a product's page with everything on it at once.
func fullProduct(page staff.Page, words staff.ProductWords) *staff.ProductPage {
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	field := func(name, label string) staff.Field {
		return staff.Field{Name: name, ID: "f-" + name, Label: label, Value: "<b>"}
	}
	p := &staff.ProductPage{
		Page: page, ID: 7, Version: 3, Key: "k", Base: `{"title":"x"}`, Action: "/staff/products/7", MayEdit: true, MayCount: true, MayDrop: true, Words: words,
		Typed: map[string]string{"title": "Tern <Racer>", "description": "<p>", "status": "archived", "published": "1", "all.policy": "deny", "gender": "kids"}, Zone: "America/Los_Angeles", Storefront: "/products/tern", Host: "shop.example",
		Hidden: map[string]string{"row.0": "9"}, Changed: at,
		Images:    []staff.ImageLine{{URL: "/x.svg", Width: 96, Height: 72, Name: "Picture 1", Alt: field("image.1.alt", "What picture 1 shows"), Position: field("image.1.position", "Place of picture 1"), Remove: field("image.1.remove", "Take picture 1 out")}},
		Removable: []staff.Field{field("v.11.remove", "9 / D")}, Options: []staff.Field{field("option.1", "Option 1")},
		Family:   []web.MenuItem{{Title: "Fog", URL: "/staff/products/8"}},
		Problems: []staff.Problem{{ID: "f-title", Label: "Title", Text: "Give it a title."}}, Warnings: []string{"Size 9 would cost nothing."}, Sure: "abc",
		Clash:   &staff.ClashNotes{Theirs: []staff.Difference{{ID: "f-type", Label: "Type", Theirs: "a", Before: "b"}}, Both: []staff.Difference{{ID: "f-title", Label: "Title", Theirs: "a", Yours: "c", Before: "b"}}, Gone: []string{"Price, size 8: 1"}, Again: "/staff/products/7"},
		Preview: []staff.PasteChange{{ID: "f-v-11-price", Place: "size 9, width D", From: "140.00", To: "129.00"}}, Pasted: "Price",
		Entries: []staff.AuditLine{{Seq: 1, At: at, Who: "Ada Moss", Action: "product.save", Details: "title: a → b"}},
	}
	for _, key := range []string{"price", "count"} {
		s := staff.Sheet{Key: key, Title: key, Corner: "Size", Columns: []string{"D", ""}, Open: true, Paste: field("paste."+key, "Paste")}
		s.Paste.Bad = "Not right."
		for i := range 2 {
			cell := staff.Cell{Field: field(fmt.Sprintf("v.%d.%s", 11+i, key), fmt.Sprintf("%s of %d", key, i)), Held: int64(i), Waiting: shop.Waiting(i, 9), Missing: i == 1}
			cell.Bad, cell.Was = "Not a number.", "12"
			s.Rows = append(s.Rows, staff.SheetRow{Head: fmt.Sprint(i), Cells: []staff.Cell{cell}})
		}
		p.Sheets = append(p.Sheets, s)
	}
	return p
}
