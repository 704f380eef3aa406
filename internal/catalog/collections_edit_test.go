package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

const eve = "staff:2"

// gathered is a catalog with four shoes and a collection of three of them.
func gathered(t *testing.T, db *database.DB) (*catalog.Catalog, shop.Collection, map[string]shop.ProductID) {
	t.Helper()
	c, ids := open(t, db), map[string]shop.ProductID{}
	for _, handle := range []string{"a", "b", "c", "d"} {
		p := &shop.Product{Handle: handle, Title: "Shoe " + handle, Status: shop.ProductActive, Published: true,
			Options:  []shop.ProductOption{{Name: "Size"}},
			Variants: []shop.Variant{{Option1: "9", SKU: "sku-" + handle}, {Option1: "10", SKU: "both"}}}
		if err := c.Create(t.Context(), "demo", p); err != nil {
			t.Fatal(err)
		}
		ids[handle] = p.ID
	}
	made, err := c.MakeCollection(t.Context(), eve, shop.Collection{Title: "Road", SortOrder: shop.SortManual, Published: true, Description: "<script>x</script><p>For tarmac.</p>"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddToCollection(t.Context(), eve, made.ID, catalog.Addition{Products: []shop.ProductID{ids["a"], ids["b"], ids["c"]}}); err != nil {
		t.Fatal(err)
	}
	return c, collectionNow(t, db, made.ID), ids
}

func collectionNow(t *testing.T, db *database.DB, id shop.CollectionID) shop.Collection {
	t.Helper()
	c, err := db.CollectionByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// members are the handles of a collection's products, in its order.
func members(t *testing.T, db *database.DB, id shop.CollectionID) string {
	t.Helper()
	list, err := db.CollectionMembers(t.Context(), id, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	var handles []string
	for _, m := range list {
		handles = append(handles, m.Handle)
	}
	return strings.Join(handles, " ")
}

// noted are the actions and details that the audit log has of a collection,
// the newest first.
func noted(t *testing.T, db *database.DB, id shop.CollectionID) []string {
	t.Helper()
	lines, err := db.Audit(t.Context(), database.AuditSearch{ThingKind: "collection", ThingID: fmt.Sprint(id), Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, l := range lines {
		list = append(list, l.Who+" "+l.Action+" "+*l.Details)
	}
	return list
}

func TestACollectionIsRenamedAndItsOldAddressLeadsToTheNewOne(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c, road, _ := gathered(t, db)
		if road.Description != "<p>For tarmac.</p>" || road.Handle != "road" || road.Position != 1 {
			t.Errorf("made as %+v", road)
		}
		before, err := db.LastChange(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		typed := road
		typed.Title, typed.Handle, typed.Position, typed.Description = "Road & Track", "track", 77, `<p onclick="x">New.</p>`
		if err := c.SaveCollection(t.Context(), eve, typed); err != nil {
			t.Fatal(err)
		}
		now := collectionNow(t, db, road.ID)
		if now.Handle != "track" || now.Version != road.Version+1 || now.Position != 1 || now.Description != "<p>New.</p>" {
			t.Errorf("saved as %+v", now)
		}
		if to, err := db.RedirectFor(t.Context(), "/collections/road"); err != nil || to != "/collections/track" {
			t.Errorf("%+v %v", to, err)
		}
		if after, _ := db.LastChange(t.Context()); after == before {
			t.Error("pages are not told")
		}
		if got, want := noted(t, db, road.ID)[0], `staff:2 collection.save {"after":{"description":"\u003cp\u003eNew.\u003c/p\u003e","handle":"track","title":"Road \u0026 Track"},"before":{`; !strings.HasPrefix(got, want) {
			t.Errorf("noted %s", got)
		}
		n := len(noted(t, db, road.ID))
		if err := c.SaveCollection(t.Context(), eve, now); err != nil || len(noted(t, db, road.ID)) != n || collectionNow(t, db, road.ID).Version != now.Version {
			t.Errorf("saving what is there changes something: %v", err)
		}
		if again, err := c.MakeCollection(t.Context(), eve, shop.Collection{Title: "Road", SortOrder: shop.SortManual}); err != nil || again.Position != 2 {
			t.Errorf("the old address is not free again: %+v %v", again, err)
		}
		if to, err := db.RedirectFor(t.Context(), "/collections/road"); err != nil || to != "" {
			t.Errorf("an address in use leads elsewhere: %v", err)
		}
	})
}

func TestWhatStandsAgainstACollectionIsSaidAtItsField(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c, road, _ := gathered(t, db)
		trail, err := c.MakeCollection(t.Context(), eve, shop.Collection{Title: "Trail", SortOrder: shop.SortManual})
		if err != nil {
			t.Fatal(err)
		}
		refused := func(name string, err error, kind shop.Kind, field string) {
			t.Helper()
			var e *shop.Error
			if !errors.As(err, &e) || e.Kind != kind || field != "" && e.Fields[field] == "" || field == "" && e.Fields != nil {
				t.Errorf("%s: %#v", name, err)
			}
		}
		_, err = c.MakeCollection(t.Context(), eve, shop.Collection{Title: "Other", Handle: "trail", SortOrder: shop.SortManual})
		refused("a handle that is taken, anew", err, shop.KindConflict, "handle")
		typed := road
		typed.Handle = "trail"
		refused("a handle that is taken", c.SaveCollection(t.Context(), eve, typed), shop.KindConflict, "handle")
		typed = road
		typed.Title = " "
		refused("no title", c.SaveCollection(t.Context(), eve, typed), shop.KindInvalid, "title")
		typed = road
		typed.Version--
		typed.Title = "Mine"
		refused("an old version", c.SaveCollection(t.Context(), eve, typed), shop.KindConflict, "")
		refused("dropping an old version", c.DropCollection(t.Context(), eve, trail.ID, 9), shop.KindConflict, "")
		typed.ID = 999
		if err := c.SaveCollection(t.Context(), eve, typed); !shop.IsNotFound(err) {
			t.Errorf("a collection that is not there: %v", err)
		}
		if now := collectionNow(t, db, road.ID); now != road {
			t.Errorf("something was saved: %+v", now)
		}
	})
}

func TestOfTwoWhoSaveACollectionAtOnceOneIsTold(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c, road, _ := gathered(t, db)
		var group sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			group.Go(func() {
				typed := road
				typed.Title = fmt.Sprintf("Title %d", i)
				errs[i] = c.SaveCollection(context.Background(), eve, typed)
			})
		}
		group.Wait()
		saved := 0
		for _, err := range errs {
			if err == nil {
				saved++
			} else if shop.KindOf(err) != shop.KindConflict {
				t.Error(err)
			}
		}
		if now := collectionNow(t, db, road.ID); saved != 1 || now.Version != road.Version+1 {
			t.Errorf("%d were saved, the version is %d", saved, now.Version)
		}
	})
}

func TestProductsComeIntoACollectionAndLeaveAndMove(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c, road, ids := gathered(t, db)
		arrangeTo := func(a catalog.Arrangement) func() error {
			return func() error {
				a.Version = collectionNow(t, db, road.ID).Version
				return c.ArrangeCollection(t.Context(), eve, road.ID, a)
			}
		}
		add := func(a catalog.Addition) func() error {
			return func() error { return c.AddToCollection(t.Context(), eve, road.ID, a) }
		}
		steps := []struct {
			name string
			do   func() error
			want string
			kind shop.Kind // -1 for none
		}{
			{"by SKU at the start, twice, with one that is there", add(catalog.Addition{Names: []string{"sku-d", "a", "sku-d"}, First: true}), "d a b c", -1},
			{"again", add(catalog.Addition{Products: []shop.ProductID{ids["d"]}}), "d a b c", -1},
			{"the last to the second place, the others as they are seen", arrangeTo(catalog.Arrangement{Places: map[shop.ProductID]int{ids["d"]: 1, ids["c"]: 2, ids["b"]: 3}}), "d c a b", -1},
			{"a step up", arrangeTo(catalog.Arrangement{Step: ids["b"], By: -1}), "d c b a", -1},
			{"a step down", arrangeTo(catalog.Arrangement{Step: ids["d"], By: 1}), "c d b a", -1},
			{"a step up from the top", arrangeTo(catalog.Arrangement{Step: ids["c"], By: -1}), "c d b a", -1},
			{"a step down from the end", arrangeTo(catalog.Arrangement{Step: ids["a"], By: 1}), "c d b a", -1},
			{"a product that is not in it", arrangeTo(catalog.Arrangement{Step: 999, By: 1, Places: map[shop.ProductID]int{999: 1}}), "c d b a", -1},
			{"two leave, with a stranger", func() error {
				return c.RemoveFromCollection(t.Context(), eve, road.ID, []shop.ProductID{ids["d"], ids["a"], 999})
			}, "c b", -1},
			{"nobody leaves", func() error { return c.RemoveFromCollection(t.Context(), eve, road.ID, nil) }, "c b", shop.KindInvalid},
			{"nothing to add", add(catalog.Addition{}), "c b", shop.KindInvalid},
			{"a line that is nothing", add(catalog.Addition{Names: []string{"a", "nobody", "d"}}), "c b", shop.KindInvalid},
			{"an SKU of several", add(catalog.Addition{Names: []string{"both"}}), "c b", shop.KindInvalid},
			{"a product that is not in the shop", add(catalog.Addition{Products: []shop.ProductID{ids["a"], 999}}), "c b", shop.KindConflict},
			{"too many", add(catalog.Addition{Names: make([]string, catalog.MostAdded+1)}), "c b", shop.KindInvalid},
			{"an order of an old version", func() error {
				return c.ArrangeCollection(t.Context(), eve, road.ID, catalog.Arrangement{Version: 1, Step: ids["b"], By: 1})
			}, "c b", shop.KindConflict},
		}
		for _, step := range steps {
			err := step.do()
			if step.kind < 0 && err != nil || step.kind >= 0 && shop.KindOf(err) != step.kind {
				t.Errorf("%s: %v", step.name, err)
			}
			if got := members(t, db, road.ID); got != step.want {
				t.Errorf("%s: %s, want %s", step.name, got, step.want)
			}
		}
		want := []string{`"removed":"d, a"`, `"moved":`, `"moved":`, `"moved":"c from 4 to 2"`, `"added":"d"`, `"added":"a, b, c"`, `collection.create`}
		for i, got := range noted(t, db, road.ID) {
			if i >= len(want) || !strings.Contains(got, want[i]) {
				t.Errorf("entry %d is %s", i, got)
			}
		}
		if err := c.DropCollection(t.Context(), eve, road.ID, collectionNow(t, db, road.ID).Version); err != nil {
			t.Fatal(err)
		}
		if _, err := db.CollectionByID(t.Context(), road.ID); !shop.IsNotFound(err) {
			t.Errorf("it is still there: %v", err)
		}
		if _, err := db.ProductByHandle(t.Context(), "b"); err != nil {
			t.Errorf("a product of it is gone: %v", err)
		}
	})
}

func TestManyComeIntoACollectionAtOnceAndNobodyIsLost(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c, road, ids := gathered(t, db)
		var group sync.WaitGroup
		for _, id := range ids {
			group.Go(func() {
				if err := c.RemoveFromCollection(context.Background(), eve, road.ID, []shop.ProductID{id}); err != nil {
					t.Error(err)
				}
				if err := c.AddToCollection(context.Background(), eve, road.ID, catalog.Addition{Products: []shop.ProductID{id}}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if got := strings.Fields(members(t, db, road.ID)); len(got) != len(ids) {
			t.Errorf("in it are %v", got)
		}
	})
}

func TestCollectionsAreOrderedAsTheyWereSeen(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		var ids []shop.CollectionID
		for _, title := range []string{"One", "Two", "Three"} {
			made, err := c.MakeCollection(t.Context(), eve, shop.Collection{Title: title, SortOrder: shop.SortManual})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, made.ID)
		}
		if err := c.OrderCollections(t.Context(), eve, ids, map[shop.CollectionID]int{ids[2]: 1, ids[0]: 1, 999: 1}); err != nil {
			t.Fatal(err)
		}
		if err := c.OrderCollections(t.Context(), eve, ids, map[shop.CollectionID]int{ids[1]: 1}); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("an order that nobody sees any more: %v", err)
		}
		list, err := db.AllCollections(t.Context())
		if err != nil || list[0].Title != "Three" || list[1].Title != "One" || list[2].Title != "Two" || list[0].Version != 1 {
			t.Errorf("%+v %v", list, err)
		}
	})
}
