package database_test

import (
	"context"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

func TestOldAddressesLeadToTheNewestAtOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for _, step := range [][2]string{{"/collections/a", "/collections/b"}, {"/collections/b", "/collections/c"}, {"/collections/x", "/collections/x"}} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.AddRedirect(ctx, step[0], step[1]) })
		}
		leads(t, db, map[string]string{"/collections/a": "/collections/c", "/collections/b": "/collections/c", "/collections/c": "", "/collections/x": ""})
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { // back to the first name
			return tx.AddRedirect(ctx, "/collections/c", "/collections/a")
		})
		leads(t, db, map[string]string{"/collections/a": "", "/collections/b": "/collections/a", "/collections/c": "/collections/a"})
	})
}

// leads fails the test for every path that does not lead where it should, ""
// for nowhere.
func leads(t *testing.T, db *database.DB, want map[string]string) {
	t.Helper()
	for path, target := range want {
		found, err := db.RedirectFor(t.Context(), path)
		if err != nil || found != target {
			t.Errorf("%s leads to %q, %v; want %q", path, found, err, target)
		}
	}
}
