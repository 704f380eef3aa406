package database_test

import (
	"context"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestASingleValueOfANamedTypeIsFoundOrNot(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			if err := tx.Changed(ctx, shop.ChangeProduct, "7"); err != nil {
				return err
			}
			var id shop.OrderID
			if err := database.Take(tx.Reader, ctx, &id, "not there", "SELECT id FROM changes WHERE key = '7'"); err != nil || id == 0 {
				t.Errorf("an id that is there: %d, %v", id, err)
			}
			if err := database.Take(tx.Reader, ctx, &id, "not there", "SELECT id FROM changes WHERE key = '8'"); !shop.IsNotFound(err) {
				t.Errorf("an id that is not there: %v", err)
			}
			return nil
		})
	})
}
