// Package dev is the door for whoever works on the shop: the mail it would
// have sent, and its clock. It is for development only, and New refuses to
// make it anywhere else.
package dev

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/post"
	"longrun/internal/settings"
	"longrun/internal/web"
)

// Options are what the door stands on.
type Options struct {
	Kit      *web.Kit
	Reader   database.Reader
	Settings *settings.Service // moves the shop's clock
	MailDir  string            // where caught mail is
	Post     *post.Outbox      // writes a sample of each kind of mail
	// Simulator is the address of the simulated Stripe (http://host:port),
	// whose own clock is moved along; "" without one.
	Simulator string
}

// Dev is the door.
type Dev struct {
	o      Options
	client *http.Client
}

// New makes it; outside development that is an error.
func New(o Options) (*Dev, error) {
	if o.Kit.Environment() != web.Development {
		return nil, errors.New("the pages of /dev are for development only")
	}
	return &Dev{o: o, client: &http.Client{Timeout: 5 * time.Second}}, nil
}

// Routes are all addresses of the door.
func (d *Dev) Routes(e *echo.Echo) {
	// Caught mail, newest first.
	web.Get(e, "/dev/mail", d.mails)
	web.Get(e, "/dev/mail.json", d.mailJSON)
	web.Get(e, "/dev/mail/:n", d.mail)
	web.Get(e, "/dev/mail/:n/html", d.mailHTML)

	// A sample of every kind of mail.
	d.sampleRoutes(e)

	// The yardstick of cmd/bench.
	web.Get(e, "/dev/fixed", d.fixed)

	// The clock of the shop and of the simulated Stripe.
	web.Get(e, "/dev/clock", d.clock)
	e.POST("/dev/clock", d.moveClock)
}
