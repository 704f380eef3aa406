package api

import (
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// stripe keeps an event and answers at once; a job reads it. Only the raw
// bytes and their signature decide. An event that is kept already is as good
// as new; one that cannot be kept gets 500, so that Stripe sends it again.
func (a *API) stripe(c echo.Context) error {
	payload, err := io.ReadAll(c.Request().Body) // the kit bounds it
	if err != nil {
		return err
	}
	now, err := a.reader.Now(c.Request().Context())
	if err != nil {
		return err
	}
	event, err := a.payment.Event(payload, c.Request().Header.Get("Stripe-Signature"), now.Time)
	if err != nil {
		return err
	}
	if event.LiveMode != a.payment.LiveMode() {
		a.log.Warn("an event of the other mode is ignored", "event", event.ID, "type", event.Type, "live", event.LiveMode)
		return c.NoContent(http.StatusOK)
	}
	if _, err := a.jobs.Inbox(c.Request().Context(), event); err != nil {
		return fmt.Errorf("keeping event %s: %w", event.ID, err)
	}
	return c.NoContent(http.StatusOK)
}
