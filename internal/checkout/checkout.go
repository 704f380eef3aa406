// Package checkout turns a bag into an order and sends its owner to Stripe's
// payment page.
//
// Place is one transaction (lock the bag, read every price and count again,
// write the order, the attempt with all that Stripe will be sent, the holds),
// then the call to Stripe, outside any transaction, then a short transaction
// that notes the session. Whatever is cut off in between is found by pressing
// again, or by Reconcile.
package checkout

import (
	"log/slog"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// Options are what checkout tells Stripe about this installation.
type Options struct {
	BaseURL     string // of the shop, without a slash at the end
	Environment string // marks the shop's sessions in a Stripe account it shares
	Tax         bool   // Stripe works out taxes
	// PictureURL is the public https address of a picture, "" when it has
	// none; nil sends no pictures.
	PictureURL func(shop.Picture) string
	// Log is slog.Default when nil.
	Log *slog.Logger
}

// Checkout places orders. Its methods may be called at the same time.
type Checkout struct {
	db     *database.DB
	pay    *payment.Client
	orders *orders.Orders
	o      Options
	log    *slog.Logger

	visitor visitor
	buyer   buyer
}

// New makes it.
func New(db *database.DB, pay *payment.Client, settler *orders.Orders, o Options) *Checkout {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Checkout{db: db, pay: pay, orders: settler, o: o, log: o.Log}
}
