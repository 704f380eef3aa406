package database_test

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

// keeps a database for looking at
func TestZZGrow(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("W2_GROW"))
	if n == 0 {
		t.Skip()
	}
	url := databasetest.GrownURL(t, database.Postgres, databasetest.Size{Products: 20000, Orders: n})
	i := strings.LastIndex(url, "/longrun_test_")
	name := strings.Split(url[i+1:], "?")[0]
	if out, err := exec.Command("psql", os.Getenv("LONGRUN_TEST_POSTGRES"), "-c", "CREATE DATABASE w2speed_grown TEMPLATE "+name).CombinedOutput(); err != nil {
		t.Fatal(string(out), err)
	}
}
