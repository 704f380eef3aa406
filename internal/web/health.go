package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// Ready sets a further question that /readyz asks besides whether the
// database answers.
func (k *Kit) Ready(ask func(context.Context) error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ready = ask
}

// Drain makes /readyz say no, so that a proxy sends nobody here any more
// while what is under way is finished.
func (k *Kit) Drain() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closing = true
}

// alive says that the process runs, whatever the database does.
func (k *Kit) alive(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.String(http.StatusOK, "ok\n")
}

// readiness says whether the process can serve visitors.
func (k *Kit) readiness(c echo.Context) error {
	ctx, stop := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer stop()
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	k.mu.Lock()
	ask, closing := k.ready, k.closing
	k.mu.Unlock()
	err := k.reader.Ping(ctx)
	if err == nil && ask != nil {
		err = ask(ctx)
	}
	if err != nil || closing {
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
