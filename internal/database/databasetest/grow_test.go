package databasetest_test

import (
	"os"
	"strconv"
	"testing"

	"longrun/internal/database/databasetest"
)

// TestGrowByHand makes an empty database at LONGRUN_TEST_GROW a shop with
// LONGRUN_TEST_GROW_ORDERS past orders, for cmd/bench.
func TestGrowByHand(t *testing.T) {
	url, n := os.Getenv("LONGRUN_TEST_GROW"), os.Getenv("LONGRUN_TEST_GROW_ORDERS")
	if url == "" {
		t.Skip("no database to grow in LONGRUN_TEST_GROW")
	}
	orders, err := strconv.Atoi(n)
	if err != nil || orders < 1 {
		t.Fatalf("LONGRUN_TEST_GROW_ORDERS is %q, not a number of orders", n)
	}
	if err := databasetest.Grow(t.Context(), url, databasetest.Size{Products: 1_000, Orders: orders}); err != nil {
		t.Fatal(err)
	}
}
