package database

import (
	"context"

	"longrun/internal/shop"
)

// Ask counts one more asking about a subject and says whether its limit
// allows it. The subject stays locked until the end of the transaction.
func (tx *Tx) Ask(ctx context.Context, subject string, limit shop.AskLimit) (bool, error) {
	counts, err := tx.LockSignInCounts(ctx, []string{subject})
	if err != nil {
		return false, err
	}
	count, allowed := limit.Allow(counts[0], tx.now)
	return allowed, tx.SetSignInCount(ctx, count)
}
