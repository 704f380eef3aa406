package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	"longrun/internal/shop"
)

// rates counts writes per address, in this process and for as many addresses
// as there is room for.
type rates struct {
	limiters *otter.Cache[string, *rate.Limiter]

	mu        sync.Mutex
	perMinute int
	asked     time.Time
}

const ratedAddresses = 20_000

func newRates() *rates {
	return &rates{limiters: otter.Must(&otter.Options[string, *rate.Limiter]{MaximumSize: ratedAddresses})}
}

// limit is the setting in force, read again after a second.
func (r *rates) limit(ctx context.Context, read func(context.Context) (shop.Settings, error)) int {
	r.mu.Lock()
	fresh := time.Since(r.asked) < time.Second
	n := r.perMinute
	r.mu.Unlock()
	if fresh {
		return n
	}
	settings, err := read(ctx)
	if err != nil {
		return n
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.perMinute, r.asked = settings.RatePerMinute, time.Now()
	return r.perMinute
}

// allow counts one write of an address. A minute's worth may come at once.
func (r *rates) allow(address string, perMinute int) bool {
	every := rate.Limit(float64(perMinute) / 60)
	limiter, ok := r.limiters.GetIfPresent(address)
	if !ok {
		limiter, _ = r.limiters.SetIfAbsent(address, rate.NewLimiter(every, perMinute))
	}
	if limiter.Burst() != perMinute {
		limiter.SetLimit(every)
		limiter.SetBurst(perMinute)
	}
	return limiter.Allow()
}

// limitRate refuses an address that writes too often. Stripe's events are
// never refused for their number.
func (k *Kit) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if m := c.Request().Method; m == http.MethodGet || m == http.MethodHead || free[c.Path()] || c.Path() == "" {
			return next(c)
		}
		perMinute := k.rates.limit(c.Request().Context(), k.reader.Settings)
		if perMinute > 0 && !k.rates.allow(addressOf(c), perMinute) {
			return shop.Errorf(shop.KindTooMany, "That was a little too often. Please wait a moment.")
		}
		return next(c)
	}
}
