package web

import (
	"encoding/json"
	"strings"

	"github.com/labstack/echo/v4"
)

// WantsJSON says whether the caller is a program: by the address (.js, .json),
// by what it accepts, or by the header that browser libraries send.
func WantsJSON(c echo.Context) bool {
	r := c.Request()
	accept := r.Header.Get(echo.HeaderAccept)
	switch path := r.URL.Path; {
	case strings.HasSuffix(path, ".js"), strings.HasSuffix(path, ".json"), strings.HasPrefix(path, "/webhooks/"):
		return true
	case strings.Contains(accept, "application/json"), strings.Contains(accept, "application/javascript"):
		return !strings.Contains(accept, "text/html")
	}
	return strings.EqualFold(r.Header.Get(echo.HeaderXRequestedWith), "XMLHttpRequest")
}

// JSON answers with a value as JSON that nobody keeps, unless the handler has
// set another Cache-Control.
func JSON(c echo.Context, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if h := c.Response().Header(); h.Get(echo.HeaderCacheControl) == "" {
		h.Set(echo.HeaderCacheControl, "private, no-store")
	}
	return send(c, status, echo.MIMEApplicationJSON, body)
}
