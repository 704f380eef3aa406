package web

import (
	"crypto/rand"
	"fmt"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

const requestKey = "request"

// identify numbers the request for the log. A number that comes from outside
// is not believed.
func (k *Kit) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := strings.ToLower(rand.Text()[:12])
		c.Set(requestKey, id)
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

func requestID(c echo.Context) string {
	id, _ := c.Get(requestKey).(string)
	return id
}

// logAccess writes one line per request. It names the route and not the path,
// since paths carry private tokens, and neither query, cookie nor referrer.
func (k *Kit) logAccess(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			k.HandleError(err, c)
		}
		k.log.Info("request", "method", c.Request().Method, "route", c.Path(), "status", c.Response().Status,
			"bytes", c.Response().Size, "ms", time.Since(start).Milliseconds(), "network", networkOf(c.RealIP()), "request", requestID(c))
		return nil
	}
}

// networkOf is the network an address is in, which names nobody: /24, or /48
// of IPv6.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	bits := 48
	if ip = ip.Unmap(); ip.Is4() {
		bits = 24
	}
	network, _ := ip.WithZone("").Prefix(bits)
	return network.String()
}

// recoverPanic makes an error of a panic, with its stack for the log.
func (k *Kit) recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		return next(c)
	}
}
