package demo_test

import (
	"testing"
	"time"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/demo"
	"longrun/internal/media"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

func TestTheDemoShopIsFilledThroughTheCatalog(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		store, err := media.NewStore(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := demo.Fill(t.Context(), catalog.New(db, store, media.NewFetcher())); err != nil {
			t.Fatal(err)
		}
		t.Logf("filled in %v", time.Since(began))
		shoes := demo.Styles()[0]
		p, err := db.ProductByHandle(t.Context(), shoes.Handle(shoes.Colourways[0]))
		if err != nil {
			t.Fatal(err)
		}
		now := shop.At(time.Now())
		if !p.OnSale(now) || len(p.Variants) == 0 || len(p.Images) < 3 || p.Images[0].Picture == nil || p.DropMM == 0 {
			t.Errorf("the first shoe is %d variants, %d images, drop %d", len(p.Variants), len(p.Images), p.DropMM)
		}
		list, err := db.Collections(t.Context())
		if err != nil || len(list) != len(demo.Collections()) {
			t.Errorf("%d collections, %v", len(list), err)
		}
		n, err := db.ProductCount(t.Context(), 1000)
		if err != nil || n != demo.ProductCount() {
			t.Errorf("%d products, want %d: %v", n, demo.ProductCount(), err)
		}
	})
}
