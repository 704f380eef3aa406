package settings

import (
	"context"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// SetClock moves the development clock of all instances to an instant, which
// may lie in the past, and returns it. KindForbidden where there is no such
// clock.
func (s *Service) SetClock(ctx context.Context, to shop.Instant) (shop.Instant, error) {
	return s.move(ctx, func(shop.Instant) shop.Instant { return to })
}

// AdvanceClock moves the development clock by d, back if it is negative, and
// returns the time it then is.
func (s *Service) AdvanceClock(ctx context.Context, d time.Duration) (shop.Instant, error) {
	return s.move(ctx, func(now shop.Instant) shop.Instant { return now.Add(d) })
}

// The years the clock may show: PostgreSQL's and SQLite's ranges are wider,
// those of RFC 3339 and of arithmetic on nanoseconds are not.
const firstYear, lastYear = 1980, 2200

func (s *Service) move(ctx context.Context, to func(now shop.Instant) shop.Instant) (shop.Instant, error) {
	var moved shop.Instant
	if !s.devClock {
		return moved, shop.Errorf(shop.KindForbidden, "This shop keeps real time.")
	}
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		offset, err := tx.ClockOffset(ctx)
		if err != nil {
			return err
		}
		moved = to(tx.Now())
		if y := moved.Year(); y < firstYear || y > lastYear {
			return shop.Invalid("the clock shows years from %d to %d", firstYear, lastYear)
		}
		offset += moved.Sub(tx.Now().Time)
		if err := tx.SetClockOffset(ctx, offset.Microseconds()); err != nil {
			return fmt.Errorf("moving the clock: %w", err)
		}
		return nil
	})
	return moved, err
}
