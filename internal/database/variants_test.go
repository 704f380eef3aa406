package database_test

import (
	"context"
	"errors"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func isExists(err error) bool { return errors.Is(err, shop.ErrExists) }

func TestAProductIsChangedOnlyFromTheVersionThatWasRead(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		read := insertProducts(t, db, shoe("ridge", 300))[0]
		change := func(title string) error {
			return db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				p := read
				p.Title = title
				return tx.UpdateProduct(ctx, p)
			})
		}
		if err := change("first"); err != nil {
			t.Fatal(err)
		}
		if err := change("second"); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("error is %v", err)
		}
		got, err := db.ProductByHandle(t.Context(), "ridge")
		if err != nil || got.Title != "first" || got.Version != 2 || got.PriceLow != 300 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestACauseCorrectsTheStockOfAVariantOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := insertProducts(t, db, shoe("ridge", 100, 100, 100))[0]
		v := p.Variants[2] // 2 on hand
		m := shop.StockMovement{VariantID: v.ID, Delta: 3, CauseKind: "import", CauseID: "f", Step: "count", Who: "command"}
		for i, want := range []bool{true, false} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				moved, err := tx.CorrectStock(ctx, m)
				if moved != want {
					t.Errorf("time %d: moved is %v", i+1, moved)
				}
				return err
			})
		}
		if got := onHand(t, db, "ridge", 2); got != 5 {
			t.Errorf("on hand is %d, want 5", got)
		}
		moved, err := db.MovedBy(t.Context(), m, []shop.VariantID{v.ID, p.Variants[0].ID})
		if err != nil || !moved[v.ID] || len(moved) != 1 {
			t.Error(moved, err)
		}
	})
}

func TestACorrectionStopsAtWhatIsHeld(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := insertProducts(t, db, shoe("ridge", 100, 100, 100))[0]
		v := p.Variants[2]
		hold := func(ctx context.Context, tx *database.Tx) error {
			return database.Exec(ctx, tx, "UPDATE stock_levels SET held = 2 WHERE variant_id = ?", v.ID)
		}
		transact(t, db, hold)
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.CorrectStock(ctx, shop.StockMovement{VariantID: v.ID, Delta: -1, CauseKind: "import", CauseID: "f", Step: "count"})
			return err
		})
		if shop.KindOf(err) != shop.KindConflict || onHand(t, db, "ridge", 2) != 2 {
			t.Errorf("error is %v, on hand %d", err, onHand(t, db, "ridge", 2))
		}
	})
}

func onHand(t testing.TB, db *database.DB, handle string, variant int) int64 {
	t.Helper()
	p, err := db.ProductByHandle(t.Context(), handle)
	if err != nil {
		t.Fatal(err)
	}
	return p.Variants[variant].Stock.OnHand
}

func TestAPictureIsKeptOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		product := shoe("ridge", 1)
		product.Images = []shop.ProductImage{{Position: 1, SourceURL: "https://x.example/1.jpg"}}
		p := insertProducts(t, db, product)[0]
		var first, second shop.Picture
		transact(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
			picture := shop.Picture{Digest: "d", MediaType: "image/jpeg", Width: 2, Height: 1}
			if first, err = tx.KeepPicture(ctx, picture); err != nil {
				return err
			}
			if second, err = tx.KeepPicture(ctx, picture); err != nil {
				return err
			}
			return tx.SetImagePicture(ctx, p.Images[0].ID, second.ID)
		})
		image, err := db.Image(t.Context(), p.Images[0].ID)
		if first.ID != second.ID || err != nil || image.Picture == nil || image.Picture.ID != first.ID {
			t.Errorf("%+v, %+v, %+v, %v", first, second, image, err)
		}
		err = db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.SetImagePicture(ctx, 999, first.ID)
		})
		if _, unknown := db.Image(t.Context(), 999); !shop.IsNotFound(err) || !shop.IsNotFound(unknown) {
			t.Errorf("an unknown image gives %v and %v", err, unknown)
		}
	})
}
