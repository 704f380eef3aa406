package privacy_test

import (
	"testing"

	"longrun/internal/database/databasetest"
)

func TestMain(m *testing.M) { databasetest.Main(m) }
