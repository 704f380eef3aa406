package cart

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// purgeBatch bags go in one transaction, which stays well under 100 ms.
const purgeBatch = 200

// Purge removes the bags that nobody has touched since an instant, and says
// how many. A bag whose payment is under way stays. Cut off, it has done part
// of the work, and the next run does the rest.
func (s *Service) Purge(ctx context.Context, before shop.Instant) (int64, error) {
	var total int64
	for {
		var n int64
		err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
			n, err = tx.PurgeCarts(ctx, before, purgeBatch)
			return err
		})
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}
