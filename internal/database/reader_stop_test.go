package database_test

import (
	"context"
	"errors"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

// TestAQuestionOfOneValueThatIsStoppedIsAnError asks for the first time, when
// the statement is not prepared yet.
func TestAQuestionOfOneValueThatIsStoppedIsAnError(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if _, err := db.LastChange(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		if id, err := db.LastChange(t.Context()); err != nil || id < 0 {
			t.Errorf("afterwards: %d %v", id, err)
		}
	})
}
