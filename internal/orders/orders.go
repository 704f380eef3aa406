// Package orders places orders and settles them: it is the only way for an
// order to be paid, cancelled or given back. The webhook's job, the success
// page and the reconciler all call Settle, which asks Stripe again, takes the
// locks (cart, order, attempt, variants, counter) and lets shop.Settle decide.
//
// Nothing here ever makes good for a failure by moving money: giving back is a
// decision that the deciding transaction records, and a job carries it out.
package orders

import (
	"log/slog"

	"longrun/internal/database"
	"longrun/internal/payment"
)

// Orders settles orders. Its methods may be called at the same time, also for
// the same order and by several processes.
type Orders struct {
	db  *database.DB
	pay *payment.Client
	log *slog.Logger
}

// New makes it; log nil means slog.Default.
func New(db *database.DB, pay *payment.Client, log *slog.Logger) *Orders {
	if log == nil {
		log = slog.Default()
	}
	return &Orders{db: db, pay: pay, log: log}
}
