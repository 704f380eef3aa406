package upkeep_test

import (
	"os"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/upkeep"
)

// TestAGrownShopIsSound checks a shop made by statements over sets, a small
// one always and one of the peers' size by hand.
func TestAGrownShopIsSound(t *testing.T) {
	size := databasetest.Size{Products: 30, Orders: 2_500}
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		size = databasetest.ThePeers
	}
	begun := time.Now()
	databasetest.GrownEach(t, size, func(t *testing.T, db *database.DB) {
		grown := time.Since(begun)
		begun = time.Now()
		flaws, _, err := upkeep.New(db, nil).Verify(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d products and %d orders grown in %s, verified in %s", size.Products, size.Orders, grown.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))
		for i, flaw := range flaws {
			if i == 20 {
				break
			}
			t.Errorf("%s: %s", flaw.Rule, flaw.Line)
		}
		begun = time.Now()
	})
}
