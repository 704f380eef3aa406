package database_test

import (
	"context"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestSizesThatAreOutAreCounted(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		active, draft := shoe("tern", 0, 0, 1, 3, 4), shoe("swift", 0, 1)
		draft.Status = shop.ProductDraft
		products := insertProducts(t, db, active, draft)
		untracked := products[0].Variants[1]
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			untracked.Tracked = false
			return tx.UpdateVariant(ctx, untracked)
		})
		for _, tt := range []struct {
			low      int64
			most     int
			out, few int64
		}{{3, 10, 1, 2}, {4, 10, 1, 3}, {4, 2, 1, 2}, {0, 10, 1, 0}} {
			n, err := db.StockCounts(t.Context(), tt.low, tt.most)
			if err != nil || n.Out != tt.out || n.Low != tt.few {
				t.Errorf("few from %d, at most %d: %+v %v, want %d and %d", tt.low, tt.most, n, err, tt.out, tt.few)
			}
		}
	})
}
