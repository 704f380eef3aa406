package database_test

import (
	"context"
	"errors"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestAMovementNeedsRoomAndACount(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := insertProducts(t, db, shoe("tern", 8, 9, 10))[0]
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			if err := database.Exec(ctx, tx, "UPDATE variants SET tracked = ? WHERE id = ?", false, p.Variants[1].ID); err != nil {
				return err
			}
			if err := database.Exec(ctx, tx, "UPDATE variants SET policy = 'continue' WHERE id = ?", p.Variants[2].ID); err != nil {
				return err
			}
			return database.Exec(ctx, tx, "UPDATE stock_levels SET held = 2, on_hand = 5")
		})
		for _, tt := range []struct {
			name    string
			variant int
			delta   int64
			ok      bool
			after   int64
		}{
			{"all that is free", 0, -3, true, 2}, {"one of what is held", 0, -1, false, 0}, {"one more", 0, 1, true, 3},
			{"what is not counted", 1, 1, false, 0}, {"what may be oversold", 2, -9, true, -4},
		} {
			t.Run(tt.name, func(t *testing.T) {
				err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
					m := shop.StockMovement{VariantID: p.Variants[tt.variant].ID, Delta: tt.delta, CauseKind: "adjustment", CauseID: tt.name, Step: "adjusted", Who: "staff:1"}
					after, ok, err := tx.MoveStock(ctx, &m)
					if err != nil || ok != tt.ok || ok && after.OnHand != tt.after {
						t.Errorf("%+v %v %v", after, ok, err)
					}
					if !ok {
						return errUndo
					}
					if _, _, err := tx.MoveStock(ctx, &m); err == nil || m.ID == 0 {
						t.Errorf("it moves twice: %v", err)
					}
					return nil
				})
				if err != nil && !errors.Is(err, errUndo) {
					t.Error(err)
				}
			})
		}
	})
}

func TestSettingsOfBeforeHaveADefaultOfFew(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return database.Exec(ctx, tx, `UPDATE settings_versions SET document = '{"shop_name": "Old", "zones": []}'`)
		})
		s, err := db.Settings(t.Context())
		if err != nil || s.LowStockAt != shop.DefaultLowStock {
			t.Errorf("%d %v", s.LowStockAt, err)
		}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			s.LowStockAt = 0
			_, err := tx.AddSettings(ctx, s, "staff:1")
			return err
		})
		if s, err := db.Settings(t.Context()); err != nil || s.LowStockAt != 0 {
			t.Errorf("none at all became %d, %v", s.LowStockAt, err)
		}
	})
}
