package database_test

import (
	"context"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestASessionIsTouchedAtMostEveryFiveMinutes(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		a := accountOf(t, db, "ada@runner.example")
		const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.AddAccountSession(ctx, &shop.AccountSession{AccountID: a.ID}, token, "bag")
		})
		for _, tt := range []struct {
			later time.Duration
			want  bool
		}{{4 * time.Minute, false}, {6 * time.Minute, true}, {9 * time.Minute, false}, {12 * time.Minute, true}} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return tx.SetClockOffset(ctx, tt.later.Microseconds())
			})
			in, err := db.AccountByToken(t.Context(), token)
			if err != nil {
				t.Fatal(err)
			}
			if touched, err := db.Sessions().TouchAccount(t.Context(), in); err != nil || touched != tt.want {
				t.Errorf("after %v it is touched: %v, %v", tt.later, touched, err)
			}
		}
		for _, wrong := range []string{"", "x", token[:25], "abcdefghijklmnopqrstuvwxyz"} {
			if _, err := db.AccountByToken(t.Context(), wrong); !shop.IsNotFound(err) {
				t.Errorf("%q opens an account: %v", wrong, err)
			}
		}
	})
}
