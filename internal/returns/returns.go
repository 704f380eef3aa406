// Package returns takes shoes back: a piece of an order is asked to come back
// for its money or for another size, which is held from that moment; it comes
// back, is looked at, and what was promised happens once.
//
// What a return costs the shop is nowhere taken off: there is no field for a
// fee. Money is only ever what was paid for a piece, read from the order's
// units, and goes back through orders, by the one way for refunds. An exchange
// is an order of its own that costs nothing and waits for its piece; its
// pieces stand for the one that was paid for, so that a chain of exchanges
// gives back once what was paid once.
//
// Locks are taken in the house's order: the order that was paid for, the order
// that comes back, orders that wait for it, the return, variants, counters.
package returns

import (
	"log/slog"

	"longrun/internal/database"
)

// Returns takes back. Its methods may be called at the same time, also for the
// same return and by several processes. who is a shop.Actor; what staff do is
// written in the audit log under the order.
type Returns struct {
	db  *database.DB
	log *slog.Logger
}

// New makes it; log nil means slog.Default.
func New(db *database.DB, log *slog.Logger) *Returns {
	if log == nil {
		log = slog.Default()
	}
	return &Returns{db: db, log: log}
}
