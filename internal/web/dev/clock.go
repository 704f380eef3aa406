package dev

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

func (d *Dev) clock(c echo.Context) error {
	now, err := d.o.Reader.Now(c.Request().Context())
	if err != nil {
		return err
	}
	return d.show(c, "clock", "The clock", now)
}

// moveClock sets both clocks, the shop's and the simulated Stripe's, to the
// time in "now", or moves them on by "advance", such as 40m.
func (d *Dev) moveClock(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	to, err := d.move(ctx, form)
	if err != nil {
		return err
	}
	d.o.Kit.Forget()
	if err := d.moveSimulator(ctx, to); err != nil {
		return shop.Unavailable(err, "The shop's clock is at %s, but the simulated Stripe did not follow.", to.Format(time.RFC3339))
	}
	if web.WantsJSON(c) {
		return web.JSON(c, http.StatusOK, map[string]shop.Instant{"now": to})
	}
	return c.Redirect(http.StatusSeeOther, "/dev/clock")
}

func (d *Dev) move(ctx context.Context, form url.Values) (shop.Instant, error) {
	if text := form.Get("advance"); text != "" {
		by, err := time.ParseDuration(text)
		if err != nil {
			return shop.Instant{}, shop.Invalid("%q is not a time span such as 40m or 24h.", text)
		}
		return d.o.Settings.AdvanceClock(ctx, by)
	}
	to, err := time.Parse(time.RFC3339, form.Get("now"))
	if err != nil {
		return shop.Instant{}, shop.Invalid("Send now=2026-12-01T09:00:00Z or advance=40m.")
	}
	return d.o.Settings.SetClock(ctx, shop.At(to))
}

func (d *Dev) moveSimulator(ctx context.Context, to shop.Instant) error {
	if d.o.Simulator == "" {
		return nil
	}
	form := url.Values{"now": {to.Format(time.RFC3339Nano)}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.o.Simulator+"/_sim/clock", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set(echo.HeaderContentType, echo.MIMEApplicationForm)
	answer, err := d.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
	if answer.StatusCode >= 300 {
		return fmt.Errorf("the simulator's clock answered %s", answer.Status)
	}
	return nil
}
