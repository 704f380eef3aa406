package database

import (
	"context"
	"time"
)

// ClockOffset is how far the development clock is ahead of the real one, 0
// where there is none.
func (r Reader) ClockOffset(ctx context.Context) (time.Duration, error) { return r.clockOffset(ctx) }
