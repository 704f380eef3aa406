package catalog_test

import (
	"testing"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestWhatWasOrderedIsArchived(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		never, sold, moved := newShoe(t, c, "Never"), newShoe(t, c, "Sold"), newShoe(t, c, "Moved")
		order(t, db, sold.Variants[3], 1)
		sell(t, db, moved.Variants[3], 1, "7")
		collection := shop.Collection{Title: "Road", Published: true}
		if err := c.CreateCollection(t.Context(), editor, &collection, []shop.ProductID{never.ID, sold.ID}); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			p        shop.Product
			archived bool
		}{{never, false}, {sold, true}, {moved, true}} {
			archived, err := c.Delete(t.Context(), editor, tt.p.ID)
			if err != nil || archived != tt.archived {
				t.Errorf("%s: archived %v, %v", tt.p.Title, archived, err)
			}
			got, err := db.ProductForStaff(t.Context(), tt.p.ID)
			if shop.IsNotFound(err) == tt.archived || tt.archived && (got.Status != shop.ProductArchived || len(got.Variants) != 4) {
				t.Errorf("%s: it is %+v, %v", tt.p.Title, got, err)
			}
		}
		if _, err := c.Delete(t.Context(), editor, never.ID); !shop.IsNotFound(err) {
			t.Errorf("again it gives %v", err)
		}
		sound(t, db)
	})
}

func TestListsGetAStatus(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		a, b := newShoe(t, c, "A"), newShoe(t, c, "B")
		if err := c.SetStatus(t.Context(), editor, []shop.ProductID{b.ID, a.ID, 99, a.ID}, shop.ProductArchived); err != nil {
			t.Fatal(err)
		}
		if product(t, db, "a").Status != shop.ProductArchived || product(t, db, "b").Version != 2 {
			t.Error("they are not archived")
		}
		last, _ := db.LastChange(t.Context())
		if err := c.SetStatus(t.Context(), editor, []shop.ProductID{a.ID}, shop.ProductArchived); err != nil {
			t.Error(err)
		}
		if now, _ := db.LastChange(t.Context()); now != last {
			t.Error("what is archived is archived again")
		}
		for _, bad := range []error{
			c.SetStatus(t.Context(), editor, []shop.ProductID{a.ID}, "live"), c.SetStatus(t.Context(), editor, nil, shop.ProductActive),
			c.SetStatus(t.Context(), editor, make([]shop.ProductID, 1_001), shop.ProductActive),
		} {
			if shop.KindOf(bad) != shop.KindInvalid {
				t.Errorf("it gives %v", bad)
			}
		}
	})
}

func TestAnOldAddressLeadsToTheNewOne(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "A")
		leads := func(step string, want map[string]string) {
			t.Helper()
			for path, to := range want {
				if got, err := db.RedirectFor(t.Context(), path); err != nil || got != to {
					t.Errorf("%s: %s leads to %q, %v", step, path, got, err)
				}
			}
		}
		rename := func(handle string, redirect bool) {
			t.Helper()
			e := form(p, handle)
			e.Product.Handle, e.Redirect = handle, redirect
			if p = save(t, c, e); p.Handle != handle {
				t.Fatalf("it is at %s", p.Handle)
			}
		}
		rename("b", true)
		leads("once", map[string]string{"/products/a": "/products/b", "/products/b": ""})
		rename("c", true)
		leads("twice", map[string]string{"/products/a": "/products/c", "/products/b": "/products/c", "/products/c": ""})
		rename("a", true)
		leads("back", map[string]string{"/products/a": "", "/products/b": "/products/a", "/products/c": "/products/a"})
		if _, err := c.Save(t.Context(), editor, catalog.Edit{Product: shoe("C"), Key: "new"}); err != nil {
			t.Fatal(err)
		}
		leads("taken by a new product", map[string]string{"/products/c": "", "/products/b": "/products/a"})
		rename("d", false)
		leads("without", map[string]string{"/products/a": "", "/products/b": ""})
		rename("e", true)
		if _, err := c.Delete(t.Context(), editor, p.ID); err != nil {
			t.Fatal(err)
		}
		leads("deleted", map[string]string{"/products/d": "", "/products/e": ""})
	})
}
