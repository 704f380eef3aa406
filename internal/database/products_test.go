package database_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

var opening = shop.StockMovement{CauseKind: "adjustment", CauseID: "test", Step: "open", Who: shop.ByCommand}

// shoe is a visible product with a counted variant for each price.
func shoe(handle string, prices ...shop.Cents) shop.Product {
	p := shop.Product{
		Handle: handle, Title: handle, Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}},
	}
	for i, price := range prices {
		p.Variants = append(p.Variants, shop.Variant{
			Position: i + 1, Option1: fmt.Sprint(i + 5), Price: price, Policy: shop.PolicyDeny, WeightUnit: "g",
			Tracked: true, Stock: shop.StockLevel{OnHand: int64(i)},
		})
	}
	return p
}

func insertProducts(t testing.TB, db *database.DB, products ...shop.Product) []shop.Product {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.InsertProducts(ctx, products, opening)
	})
	if err != nil {
		t.Fatal(err)
	}
	return products
}

func TestAProductComesBackAsItWasWritten(t *testing.T) {
	at := shop.At(time.Date(2026, 3, 1, 9, 0, 0, 123_456_000, time.UTC))
	compare := shop.MaxCents
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := shoe("ridge", 9_950, 9_950)
		p.Description, p.PublishAt, p.GiftCard, p.Released = "<p>“x”</p>", &at, true, "2026-03"
		p.DropMM, p.Family = -4, "ridge"
		p.Tags = []shop.ProductTag{{Tag: "Wide"}, {Tag: "road"}}
		p.Fields = []shop.ProductField{{Name: "a", Value: "1"}}
		p.Images = []shop.ProductImage{{Position: 1, SourceURL: "https://x.example/1.jpg"}, {Position: 2, Alt: "heel"}}
		p.Variants[0].ImageSource, p.Variants[0].CompareAt = "https://x.example/1.jpg", &compare
		p.Variants[0].Fields = []shop.VariantField{{Name: "b", Value: "2"}}
		want := insertProducts(t, db, p)[0]
		if want.ID == 0 || want.Variants[1].ID == 0 || want.Variants[0].ImageID == nil || *want.Variants[0].ImageID != want.Images[0].ID {
			t.Fatalf("ids are missing: %+v", want)
		}
		for i := range want.Variants {
			want.Variants[i].Stock.VariantID, want.Variants[i].Stock.Place = want.Variants[i].ID, shop.PlaceShop
		}
		got, err := db.ProductsByHandles(t.Context(), []string{"ridge", "unknown"})
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		if diff := cmp.Diff(want, got["ridge"]); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	})
}

func TestAHandleIsTakenOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		insertProducts(t, db, shoe("ridge", 1))
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.InsertProducts(ctx, []shop.Product{shoe("ridge", 1)}, opening)
		})
		if err == nil || !isExists(err) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestShoppersSeeOnlyVisibleProducts(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		past, future := shop.At(time.Now().Add(-time.Hour)), shop.At(time.Now().Add(time.Hour))
		var products []shop.Product
		for _, handle := range []string{"seen", "seen-since", "draft", "archived", "unpublished", "later"} {
			p := shoe(handle, 5_000)
			p.Family = "f"
			products = append(products, p)
		}
		products[1].PublishAt, products[5].PublishAt = &past, &future
		products[2].Status, products[3].Status, products[4].Published = shop.ProductDraft, shop.ProductArchived, false
		products = insertProducts(t, db, products...)
		var ids []shop.ProductID
		for _, p := range products {
			ids = append(ids, p.ID)
		}
		all := makeCollection(t, db, ids)
		want := []string{"seen", "seen-since"}
		lists := map[string]func() ([]shop.Product, error){
			"cards": func() ([]shop.Product, error) { p, _, err := db.ProductCards(ctx, database.ListQuery{}); return p, err },
			"cards of a collection": func() ([]shop.Product, error) {
				p, _, err := db.ProductCards(ctx, database.ListQuery{Collection: &all})
				return p, err
			},
			"family":          func() ([]shop.Product, error) { return db.Family(ctx, "f") },
			"by id":           func() ([]shop.Product, error) { return db.ProductsByIDs(ctx, ids) },
			"products.json":   func() ([]shop.Product, error) { return db.ProductJSONPage(ctx, nil, 250, 1) },
			"collection.json": func() ([]shop.Product, error) { return db.ProductJSONPage(ctx, &all, 250, 1) },
		}
		for name, list := range lists {
			got, err := list()
			if err != nil {
				t.Fatal(err)
			}
			handles := handlesOf(got)
			slices.Sort(handles)
			if diff := cmp.Diff(want, handles); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		for _, p := range products {
			_, err := db.ProductByHandle(ctx, p.Handle)
			if seen := slices.Contains(want, p.Handle); seen != (err == nil) || !seen && !shop.IsNotFound(err) {
				t.Errorf("%s: %v", p.Handle, err)
			}
		}
		if family, err := db.Family(ctx, ""); len(family) > 0 || err != nil {
			t.Errorf("the empty family has %d products, %v", len(family), err)
		}
	})
}

func makeCollection(t testing.TB, db *database.DB, ids []shop.ProductID) shop.CollectionID {
	t.Helper()
	c := shop.Collection{Handle: "some", Title: "Some", Published: true}
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		if err := tx.InsertCollection(ctx, &c); err != nil {
			return err
		}
		return tx.SetCollectionProducts(ctx, c.ID, ids)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID
}

func handlesOf(products []shop.Product) []string {
	var list []string
	for _, p := range products {
		list = append(list, p.Handle)
	}
	return list
}

func TestListsAreSortedAndPaged(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		products := insertProducts(t, db, shoe("b", 300, 100), shoe("a", 200), shoe("d", 400), shoe("c", 200))
		ids := []shop.ProductID{products[3].ID, products[0].ID, products[2].ID} // c, b, d
		some := makeCollection(t, db, ids)
		tests := []struct {
			name  string
			query database.ListQuery
			want  []string
			more  bool
		}{
			{"all by title", database.ListQuery{}, []string{"a", "b", "c", "d"}, false},
			{"by title downwards", database.ListQuery{Sort: shop.SortTitleDown}, []string{"d", "c", "b", "a"}, false},
			{"by the lowest price, then as made", database.ListQuery{Sort: shop.SortPrice}, []string{"b", "a", "c", "d"}, false},
			{"by price downwards", database.ListQuery{Sort: shop.SortPriceDown}, []string{"d", "c", "a", "b"}, false},
			{"oldest first", database.ListQuery{Sort: shop.SortOldest}, []string{"b", "a", "d", "c"}, false},
			{"newest first", database.ListQuery{Sort: shop.SortNewest}, []string{"c", "d", "a", "b"}, false},
			{"a collection as made by hand", database.ListQuery{Collection: &some}, []string{"c", "b", "d"}, false},
			{"a collection by price", database.ListQuery{Collection: &some, Sort: shop.SortPrice}, []string{"b", "c", "d"}, false},
			{"an unknown order is none", database.ListQuery{Sort: "p.id; DROP TABLE products"}, []string{"a", "b", "c", "d"}, false},
			{"the first page", database.ListQuery{Limit: 3}, []string{"a", "b", "c"}, true},
			{"the last page", database.ListQuery{Limit: 3, Page: 2}, []string{"d"}, false},
			{"a page that is exactly full", database.ListQuery{Limit: 2, Page: 2}, []string{"c", "d"}, false},
			{"a page beyond the end", database.ListQuery{Page: 3}, nil, false},
			{"an absurd page", database.ListQuery{Page: 1 << 40}, nil, false},
			{"a page before the first", database.ListQuery{Limit: 1, Page: -1}, []string{"a"}, true},
		}
		for _, tt := range tests {
			got, more, err := db.ProductCards(t.Context(), tt.query)
			if diff := cmp.Diff(tt.want, handlesOf(got)); diff != "" || more != tt.more || err != nil {
				t.Errorf("%s: more is %v, %v (-want +got):\n%s", tt.name, more, err, diff)
			}
		}
	})
}

func TestACardHasItsFirstImagePriceRangeAndAvailability(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := shoe("ridge", 200, 100)
		p.Images = []shop.ProductImage{{Position: 2, Alt: "second"}, {Position: 1, Alt: "first"}}
		gone := shoe("gone", 100)
		insertProducts(t, db, p, gone)
		cards, _, err := db.ProductCards(t.Context(), database.ListQuery{Sort: shop.SortTitleDown})
		if err != nil {
			t.Fatal(err)
		}
		low, high := cards[0].PriceRange()
		if low != 100 || high != 200 || !cards[0].Available() || len(cards[0].Images) != 1 || cards[0].Images[0].Alt != "first" {
			t.Errorf("the card is %+v", cards[0])
		}
		if cards[1].Available() || len(cards[1].Images) != 0 {
			t.Errorf("the card of the sold-out shoe is %+v", cards[1])
		}
	})
}

func TestVariantsByIDs(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		draft := shoe("draft", 100, 200)
		draft.Status = shop.ProductDraft
		products := insertProducts(t, db, shoe("ridge", 100, 200, 300), draft)
		want := []shop.VariantID{products[0].Variants[1].ID, products[0].Variants[2].ID, products[1].Variants[0].ID}
		got, err := db.VariantsByIDs(t.Context(), append(want, 999_999))
		if err != nil || len(got) != 3 {
			t.Fatal(got, err)
		}
		for _, id := range want {
			p := got[id]
			if len(p.Variants) != 1 || p.Variants[0].ID != id || len(p.Options) != 1 || p.Variants[0].Stock.VariantID != id {
				t.Errorf("variant %d comes as %+v", id, p)
			}
		}
		if none, err := db.VariantsByIDs(t.Context(), nil); len(none) != 0 || err != nil {
			t.Error(none, err)
		}
	})
}

func TestCollections(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		hidden := shop.Collection{Handle: "hidden", Title: "Hidden"}
		makeCollection(t, db, nil)
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.InsertCollection(ctx, &hidden) })
		if c, err := db.CollectionByHandle(t.Context(), "some"); err != nil || c.Title != "Some" {
			t.Error(c, err)
		}
		for _, handle := range []string{"hidden", "unknown", ""} {
			if _, err := db.CollectionByHandle(t.Context(), handle); !shop.IsNotFound(err) {
				t.Errorf("%q: %v", handle, err)
			}
		}
		if list, err := db.Collections(t.Context()); err != nil || len(list) != 1 {
			t.Error(list, err)
		}
	})
}
