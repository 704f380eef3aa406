package web

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// The limits of a request (reference security.md 5).
const (
	maxBody  = 1 << 20
	maxURL   = 2 << 10
	pageTime = 10 * time.Second
	payTime  = 28 * time.Second // the work takes 25 at most; then the answer is made
)

// payRoutes wait for Stripe and so have more time than a page.
var payRoutes = map[string]bool{
	"POST /checkout":                true,
	"POST /cart":                    true, // with its checkout button
	"POST /checkout/release/:token": true,
}

// limitTime bounds a handler by its context.
func (k *Kit) limitTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		limit := pageTime
		if payRoutes[r.Method+" "+c.Path()] {
			limit = payTime
		}
		ctx, stop := context.WithTimeout(r.Context(), limit)
		defer stop()
		c.SetRequest(r.WithContext(ctx))
		defer c.SetRequest(r) // what is answered after an error has time again
		err := next(c)
		if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return errors.Join(err, context.DeadlineExceeded) // drivers have words of their own for it
		}
		return err
	}
}

// limitRequest refuses what is too large or is no text before anything reads
// it.
func (k *Kit) limitRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		switch {
		case len(r.RequestURI) > maxURL:
			return echo.NewHTTPError(http.StatusRequestURITooLong)
		case headerSize(r) > maxHeader: // net/http lets some KiB more pass
			return echo.NewHTTPError(http.StatusRequestHeaderFieldsTooLarge)
		case r.ContentLength > bodyLimit(r):
			return &http.MaxBytesError{Limit: bodyLimit(r)}
		case !isText(r.URL.Path):
			return malformed("This address is not text.")
		}
		if query, _ := url.ParseQuery(r.URL.RawQuery); checkForm(query) != nil {
			return malformed("This address is not text.")
		}
		r.Body = http.MaxBytesReader(c.Response(), r.Body, bodyLimit(r))
		return next(c)
	}
}

// headerSize is how much the fields of a request's head take on the line.
func headerSize(r *http.Request) int {
	n := 0
	for name, values := range r.Header {
		for _, value := range values {
			n += len(name) + len(": ") + len(value) + len("\r\n")
		}
	}
	return n
}

func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// knownHost refuses other names than the shop's in production. Probes ask
// for the process's health by its address.
func (k *Kit) knownHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		probe := r.URL.Path == "/healthz" || r.URL.Path == "/readyz"
		if k.o.Environment == Production && !probe && !strings.EqualFold(r.Host, k.base.Host) {
			return echo.NewHTTPError(http.StatusMisdirectedRequest)
		}
		return next(c)
	}
}

// addressOf is whom a rate is counted for: an IPv4 address, or the network
// of an IPv6 one, since a household has 2^64 of those.
func addressOf(c echo.Context) string {
	a, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return ""
	}
	if a = a.Unmap(); a.Is6() {
		p, _ := a.WithZone("").Prefix(64)
		return p.String()
	}
	return a.String()
}
