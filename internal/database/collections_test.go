package database_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// setProducts makes these the products of a collection.
func setProducts(t *testing.T, db *database.DB, id shop.CollectionID, ids ...shop.ProductID) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.SetCollectionProducts(ctx, id, ids) })
}

// inCollection are the handles of the products of a collection, with their
// positions.
func inCollection(t testing.TB, db *database.DB, id shop.CollectionID) string {
	t.Helper()
	members, err := db.CollectionMembers(t.Context(), id, 1, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range members {
		list = append(list, fmt.Sprintf("%s %d/%d", m.Handle, m.Position, m.Place))
	}
	return strings.Join(list, ", ")
}

func TestTheProductsOfACollectionComeGoAndMove(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := insertProducts(t, db, shoe("a", 1), shoe("b", 1), shoe("c", 1), shoe("d", 1))
		a, b, c, d := p[0].ID, p[1].ID, p[2].ID, p[3].ID
		one, other := makeCollection(t, db, []shop.ProductID{a, b, c}), shop.Collection{Handle: "other", Title: "Other"}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.InsertCollection(ctx, &other) })
		setProducts(t, db, other.ID, b, a)
		for _, step := range []struct {
			want []shop.ProductID
			is   string
		}{
			{[]shop.ProductID{c, a, b}, "c 1/1, a 2/2, b 3/3"},
			{[]shop.ProductID{d, c, b}, "d 1/1, c 2/2, b 3/3"},
			{[]shop.ProductID{d, c, b}, "d 1/1, c 2/2, b 3/3"},
			{nil, ""},
			{[]shop.ProductID{a, b, c, d}, "a 1/1, b 2/2, c 3/3, d 4/4"},
		} {
			setProducts(t, db, one, step.want...)
			if got := inCollection(t, db, one); got != step.is {
				t.Errorf("%v gives %s, want %s", step.want, got, step.is)
			}
		}
		if got := inCollection(t, db, other.ID); got != "b 1/1, a 2/2" {
			t.Errorf("the other collection has %s", got)
		}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return database.Exec(ctx, tx, "DELETE FROM collection_products WHERE product_id = ? AND collection_id = ?", b, one) // as a product that is deleted does
		})
		if got := inCollection(t, db, one); got != "a 1/1, c 3/2, d 4/3" {
			t.Errorf("without b it is %s", got)
		}
		members, err := db.CollectionMembers(t.Context(), one, 3, 1)
		if n, _ := db.CollectionSize(t.Context(), one); err != nil || n != 3 || len(members) != 1 || members[0].Handle != "c" || members[0].Place != 2 {
			t.Errorf("%d products, from the third position %+v, %v", n, members, err)
		}
	})
}

func TestACollectionIsSavedOverTheVersionThatWasSeen(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		id := makeCollection(t, db, nil)
		save := func(version int, handle string) (saved bool, err error) {
			err = db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) (err error) {
				c, err := tx.LockCollection(ctx, id)
				if err != nil {
					return err
				}
				c.Version, c.Handle, c.Published = version, handle, false
				saved, err = tx.UpdateCollection(ctx, c)
				return err
			})
			return saved, err
		}
		other := shop.Collection{Handle: "other", Title: "Other"}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.InsertCollection(ctx, &other) })
		if saved, err := save(1, "new"); !saved || err != nil {
			t.Fatal(saved, err)
		}
		if saved, err := save(1, "newer"); saved || err != nil {
			t.Errorf("an old version is saved: %v %v", saved, err)
		}
		if _, err := save(2, "other"); !errors.Is(err, shop.ErrExists) {
			t.Errorf("a handle is given twice: %v", err)
		}
		if c, err := db.CollectionByID(t.Context(), id); err != nil || c.Handle != "new" || c.Version != 2 || c.Published {
			t.Errorf("%+v %v", c, err)
		}
		if _, err := db.CollectionByID(t.Context(), 999); !shop.IsNotFound(err) {
			t.Error(err)
		}
	})
}

func TestProductsForACollectionAreFound(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		named := func(handle, title, sku string) shop.Product {
			p := shoe(handle, 1)
			p.Title, p.Variants[0].SKU = title, sku
			return p
		}
		hidden := named("old-heron", "Old Heron", "H-9")
		hidden.Status = shop.ProductDraft
		p := insertProducts(t, db, named("tern-fog", "Tern – Fog", "T-9"), named("tern-50-off", "Tern 50% off", "T_9"), named("kite", `Kite \ Ünder`, "K-10"), hidden)
		id := makeCollection(t, db, []shop.ProductID{p[2].ID, p[0].ID})
		for text, want := range map[string]string{
			"tern": "tern-50-off 0, tern-fog 2", "TERN fOg": "tern-fog 2", "fog tern": "tern-fog 2", "50%": "tern-50-off 0", "%": "tern-50-off 0",
			"_": "", "T-9": "tern-fog 2", "T_": "tern-50-off 0", "heron": "old-heron 0", `\`: "kite 1", "Ünder": "kite 1", "kite": "kite 1", "K-1": "kite 1",
			"": "", "  ": "", "' OR 1=1 --": "", "nothing at all": "",
		} {
			found, err := db.CollectionCandidates(t.Context(), id, text, 10)
			if err != nil {
				t.Fatal(err)
			}
			var list []string
			for _, f := range found {
				list = append(list, fmt.Sprintf("%s %d", f.Handle, f.Position))
			}
			if got := strings.Join(list, ", "); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		if found, _ := db.CollectionCandidates(t.Context(), id, "tern", 1); len(found) != 1 {
			t.Errorf("%d were asked for, %d found", 1, len(found))
		}
		names, err := db.ProductsNamed(t.Context(), []string{"kite", "T-9", "nobody", ""})
		want := []database.ProductName{{Name: "T-9", ProductID: p[0].ID}, {Name: "kite", ProductID: p[2].ID}}
		if diff := cmp.Diff(want, names); err != nil || diff != "" {
			t.Error(diff, err)
		}
	})
}

func TestAllCollectionsStandInTheirOrderWithTheirCounts(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := insertProducts(t, db, shoe("a", 1), shoe("b", 1))
		makeCollection(t, db, []shop.ProductID{p[0].ID, p[1].ID})
		hidden := shop.Collection{Handle: "hidden", Title: "Hidden", Position: -1}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.InsertCollection(ctx, &hidden) })
		list, err := db.AllCollections(t.Context())
		if err != nil || len(list) != 2 || list[0].Handle != "hidden" || list[0].Products != 0 || list[1].Products != 2 || list[1].Version != 1 {
			t.Errorf("%+v %v", list, err)
		}
	})
}
