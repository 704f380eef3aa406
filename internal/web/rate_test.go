package web_test

import (
	"context"
	"net/netip"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/web"
)

func trusting(network string) func(*web.Options) {
	return func(o *web.Options) {
		if network != "" {
			o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix(network)}
		}
	}
}

func TestAnAddressThatWritesTooOftenWaits(t *testing.T) {
	ok := func(c echo.Context) error { return c.NoContent(204) }
	s := onSQLite(t, trusting("192.0.2.0/24"), func(k *web.Kit, e *echo.Echo) {
		e.POST("/cart/add", ok)
		e.GET("/page", ok)
		e.POST("/webhooks/stripe", ok)
	})
	s.transact(func(ctx context.Context, tx *database.Tx) error {
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		settings.RatePerMinute = 3
		_, err = tx.AddSettings(ctx, settings, "command")
		return err
	})
	from := func(ip string) []string { return []string{"X-Forwarded-For", ip} }
	for n, want := range []int{204, 204, 204, 429, 429} {
		w := s.post("/cart/add", form, "", from("203.0.113.9")...)
		if w.Code != want || (want == 429) != (w.Header().Get("Retry-After") != "") {
			t.Errorf("write %d is %d, want %d", n+1, w.Code, want)
		}
	}
	for _, ip := range []string{"203.0.113.10", "2001:db8:1::1", "2001:db8:1::2", "2001:db8:1::3"} {
		if w := s.post("/cart/add", form, "", from(ip)...); w.Code != 204 {
			t.Errorf("another address, %s, has %d", ip, w.Code)
		}
	}
	if w := s.post("/cart/add", form, "", from("2001:db8:1::4")...); w.Code != 429 {
		t.Errorf("a fourth address of one network has %d", w.Code)
	}
	if w := s.get("/page", from("203.0.113.9")...); w.Code != 204 {
		t.Errorf("reading has %d", w.Code)
	}
	if w := s.post("/webhooks/stripe", "", "", from("203.0.113.9")...); w.Code != 204 {
		t.Errorf("a webhook has %d", w.Code)
	}
}
