package templates_test

import (
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// collectionSamples are those of the collections, and of what is said where
// there is no page.
func collectionSamples() []staffSample {
	bare := staff.Page{Title: "Collections", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staffPage("Collections")
	full.Path = "/staff/collections"
	full.Fields = map[string]string{"title": "Too long.", "handle": "Taken.", "description": "Too long.", "sort": "Choose one.", "names": "Line 1 is nothing.", "at-7": "Not a number."}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	road := shop.Collection{ID: 7, Handle: "road", Title: `Road & "track" <b>`, Description: "<p>For <em>tarmac</em>.</p>", SortOrder: shop.SortPrice, Position: 1, Published: true, Version: 3}
	lines := []staff.CollectionLine{
		{CollectionCount: database.CollectionCount{Collection: road, Products: 12}, URL: "/staff/collections/7", Place: "x"},
		{CollectionCount: database.CollectionCount{Collection: shop.Collection{ID: 8, Handle: "trail", Title: "Trail"}, Products: 5000}, URL: "/staff/collections/8", Place: "2"},
	}
	tern := database.CollectionMember{ProductID: 4, Position: 51, Place: 51, Handle: "tern", Title: "Tern <i>", Colour: "Fog", Status: shop.ProductActive, Published: true}
	kite := database.CollectionMember{ProductID: 5, Position: 52, Place: 52, Handle: "kite", Title: "Kite", Status: shop.ProductDraft}
	entries := []staff.AuditLine{{Seq: 9, At: at, Who: "Eve", Action: "collection.save", Thing: "collection 7", Details: "title: Road → Track"}}
	whole := &staff.CollectionPage{
		Page: full, Action: "/staff/collections/7", MayEdit: true, Saved: road, Typed: road, Others: entries, Entries: entries,
		Now:     map[string]string{"title": "Track", "handle": "track", "description": "<p>x", "sort": "Newest first", "published": "no"},
		Sorts:   []staff.SortChoice{{Value: shop.SortPrice, Title: "Price, low to high"}, {Value: shop.SortManual, Title: "By hand"}},
		Add:     staff.CollectionAdd{Search: `"tern"`, Found: []staff.Candidate{{CollectionMember: tern, InURL: "/staff/collections/7?from=51#products"}, {CollectionMember: kite, Ticked: true}}, More: true, Names: "tern\n<kite", First: true},
		Members: []staff.MemberLine{{CollectionMember: tern, Wanted: "one", Bad: true}, {CollectionMember: kite, Wanted: "52"}},
		Size:    120, From: 51, Prev: "/staff/collections/7?from=1#products", Next: "/staff/collections/7?from=101#products",
	}
	looked := *whole
	looked.Page, looked.MayEdit, looked.Others, looked.Now, looked.Prev, looked.Next = bare, false, nil, nil, "", ""
	return []staffSample{
		{"message", "staff/message.html", &staff.MessagePage{Page: full, Text: "The staff area has no page at this address."}},
		{"message-empty", "staff/message.html", &staff.MessagePage{Page: bare}},
		{"collections", "staff/collections.html", &staff.CollectionsPage{Page: full, MayEdit: true, Seen: "7 8", Lines: lines}},
		{"collections-looked-at", "staff/collections.html", &staff.CollectionsPage{Page: bare, Lines: lines}},
		{"collections-empty", "staff/collections.html", &staff.CollectionsPage{Page: bare}},
		{"collection", "staff/collection.html", whole},
		{"collection-looked-at", "staff/collection.html", &looked},
		{"collection-empty", "staff/collection.html", &staff.CollectionPage{Page: bare, MayEdit: true, Action: "/staff/collections/7", Saved: shop.Collection{ID: 7, Handle: "x", Title: "X"}, Add: staff.CollectionAdd{Search: "x"}}},
		{"collection-new", "staff/collection_new.html", &staff.CollectionPage{Page: full, MayEdit: true, Action: "/staff/collections/new", Typed: road, Sorts: whole.Sorts}},
		{"collection-new-empty", "staff/collection_new.html", &staff.CollectionPage{Page: bare, MayEdit: true, Action: "/staff/collections/new"}},
		{"collection-drop", "staff/collection_drop.html", &staff.DropCollectionPage{Page: full, Action: "/staff/collections/7", Saved: road, Size: 12}},
		{"collection-drop-empty", "staff/collection_drop.html", &staff.DropCollectionPage{Page: bare, Action: "/staff/collections/7", Saved: road}},
	}
}
