// Package api is the door for programs. So far only Stripe comes through it.
package api

import (
	"log/slog"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/payment"
)

// Options are what the door stands on.
type Options struct {
	Payment *payment.Client // knows the secrets that sign events
	Jobs    *database.Jobs  // keeps events
	Reader  database.Reader // tells the shop's time
	Log     *slog.Logger    // nil means slog.Default
}

// API is the door for programs.
type API struct {
	payment *payment.Client
	jobs    *database.Jobs
	reader  database.Reader
	log     *slog.Logger
}

// New makes it.
func New(o Options) *API {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &API{payment: o.Payment, jobs: o.Jobs, reader: o.Reader, log: o.Log}
}

// Routes are all addresses of the door.
func (a *API) Routes(e *echo.Echo) {
	// From Stripe's servers: signed, without a cookie, exempt from the
	// same-site check, from rates and from admission.
	e.POST("/webhooks/stripe", a.stripe)
}
