package upkeep

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// batch is how many rows go in one transaction, few enough that it ends
// within 100 ms; of orders there are fewer, since much hangs on each.
const (
	batch      = 200
	orderBatch = 10
)

// Retention lets go of what has been kept long enough, by the table of
// shop.Retentions and in short transactions, and notes how much of each kind
// went. The clock runs it, and it may be cut off at any point.
func (s *Service) Retention(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	settings, err := s.db.Settings(ctx)
	if err != nil {
		return err
	}
	for _, r := range shop.Retentions() {
		gone, err := s.letGo(ctx, r, r.Cut(now, settings))
		if err != nil {
			return fmt.Errorf("letting go of %s: %w", r.Kind, err)
		}
		if gone > 0 {
			s.log.Info("kept long enough", "kind", r.Kind, "rows", gone)
		}
	}
	return nil
}

// letGo lets everything of a kind go that is from before an instant.
func (s *Service) letGo(ctx context.Context, r shop.Retention, before shop.Instant) (gone int64, err error) {
	size := batch
	if r.Kind == shop.RetainSold || r.Kind == shop.RetainGivenUp {
		size = orderBatch
	}
	for {
		ids, err := s.db.Expired(ctx, r.Kind, before, size)
		if err != nil {
			return gone, err
		}
		n := int64(0)
		err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
			n, err = tx.Expire(ctx, r.Kind, before, ids)
			return err
		})
		if err != nil {
			return gone, err
		}
		if n == 0 {
			break
		}
		gone += n
	}
	return gone, s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		return tx.CountRetention(ctx, r.Kind, gone)
	})
}
