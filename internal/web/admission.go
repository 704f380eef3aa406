package web

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// Admission says how many requests are worked on at once, how many more may
// wait, and how long. Zero values mean 64, 200 and 5 s.
type Admission struct {
	Slots   int
	Waiting int
	Wait    time.Duration
}

// admission lets in as many requests as the database serves well, keeps a
// bounded number waiting, and tells the rest at once, so that a rush makes
// the shop slow for a moment and never stuck.
type admission struct {
	slots   chan struct{}
	waiting atomic.Int64
	o       Admission
}

func newAdmission(o Admission) *admission {
	if o.Slots == 0 {
		o.Slots = 64
	}
	if o.Waiting == 0 {
		o.Waiting = 200
	}
	if o.Wait == 0 {
		o.Wait = 5 * time.Second
	}
	return &admission{slots: make(chan struct{}, o.Slots), o: o}
}

var errBusy = errors.New("too many requests at once")

func busy() error {
	return shop.Unavailable(errBusy, "A lot of runners are here at once. This page asks again by itself.")
}

// enter takes a slot, waiting for one if the queue has room. The caller calls
// leave once.
func (a *admission) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-a.slots }
	select {
	case a.slots <- struct{}{}:
		return leave, nil
	default:
	}
	if a.waiting.Add(1) > int64(a.o.Waiting) {
		a.waiting.Add(-1)
		return nil, busy()
	}
	defer a.waiting.Add(-1)
	timer := time.NewTimer(a.o.Wait)
	defer timer.Stop()
	select {
	case a.slots <- struct{}{}:
		return leave, nil
	case <-timer.C:
		return nil, busy()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// retryAfter is 2 to 10 seconds, spread so that those who were turned away do
// not come back together.
func retryAfter() int { return 2 + rand.IntN(9) }

// free are the routes that are never turned away: they need no database, or
// only a little of it and must always be heard.
var free = map[string]bool{
	"/healthz": true, "/readyz": true, "/webhooks/stripe": true,
	"/assets/*": true, "/media/:file": true, "/favicon.ico": true, "/robots.txt": true,
}

// isData says whether a program's form of a page is asked for, which is not
// kept as the page is.
func isData(c echo.Context) bool {
	path := c.Request().URL.Path
	return strings.HasSuffix(path, ".js") || strings.HasSuffix(path, ".json")
}

// admit is admission for all other routes. Cached pages ask for themselves,
// and only when they must be made.
func (k *Kit) admit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Path() == "" || free[c.Path()] || k.routes[c.Path()] && !isData(c) {
			return next(c)
		}
		leave, err := k.admission.enter(c.Request().Context())
		if err != nil {
			return err
		}
		defer leave()
		return next(c)
	}
}

// Admit answers a request on a route whose page asks for admission itself
// with something that is not that page.
func (k *Kit) Admit(c echo.Context, answer func() error) error {
	leave, err := k.admission.enter(c.Request().Context())
	if err != nil {
		return err
	}
	defer leave()
	return answer()
}

// busyPage is what those see who are turned away. It is small, asks for no
// other file, needs no database and comes back by itself. GET pages alone do:
// a form must not be sent twice unasked.
func busyPage(shopName string, again bool) []byte {
	refresh, line := "", "Nothing was done. Go back and press the button again in a moment."
	if again {
		refresh, line = `<meta http-equiv="refresh" content="5">`, "This page asks again by itself in a few seconds."
	}
	return []byte(strings.NewReplacer("{shop}", shopName, "{refresh}", refresh, "{line}", line).Replace(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">{refresh}<title>One moment – {shop}</title></head>
<body><h1>One moment, please</h1><p>A lot of runners are here at once. {line}</p></body></html>
`))
}
