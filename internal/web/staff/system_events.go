package staff

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// EventsPage lists Stripe's events.
type EventsPage struct {
	SystemPage
	Type   string
	Types  []string
	Named  string // as typed
	Events []shop.StripeEvent
	Next   string
}

// eventTypes are those that the shop acts on, offered to choose from.
var eventTypes = []string{
	"checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
	"checkout.session.expired", "charge.refunded", "charge.dispute.created", "charge.dispute.closed", "refund.created", "refund.updated", "refund.failed",
}

func (s *Staff) events(c echo.Context, in database.SignedIn) error {
	shown := &EventsPage{Type: strings.TrimSpace(c.QueryParam("type")), Types: eventTypes, Named: c.QueryParam("q")}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "Stripe events", "/staff/system/events"); err != nil {
		return err
	}
	after, err := database.ParseMoment(c.QueryParam("after"))
	if err != nil {
		return err
	}
	shown.Events, err = s.reader.EventList(c.Request().Context(), database.EventSearch{
		Type: shown.Type, Named: strings.TrimSpace(shown.Named), After: after, Limit: systemRows + 1,
	})
	if err != nil {
		return err
	}
	if len(shown.Events) > systemRows {
		shown.Events = shown.Events[:systemRows]
		last := shown.Events[systemRows-1]
		shown.Next = systemList("/staff/system/events", map[string]string{
			"type": shown.Type, "q": shown.Named, "after": database.Moment{At: last.ReceivedAt, ID: last.ID}.String(),
		})
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system_events", shown)
}

// EventPage is one event.
type EventPage struct {
	SystemPage
	Event   shop.StripeEvent
	Action  string // where its forms begin
	Payload string // as people read it, "" once it was let go
	Jobs    []shop.Job
	Entries []AuditLine
}

func (s *Staff) event(c echo.Context, in database.SignedIn) error {
	ctx := c.Request().Context()
	event, err := s.reader.StripeEvent(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	shown := &EventPage{Event: event, Action: "/staff/system/events/" + url.PathEscape(event.ID), Payload: prettyJSON(event.Payload)}
	if shown.SystemPage, err = s.systemPage(c, in, event.Type, "/staff/system/events"); err != nil {
		return err
	}
	if shown.Jobs, err = s.reader.EventJobs(ctx, event.ID); err != nil {
		return err
	}
	shown.Entries, err = s.auditLines(ctx, database.AuditSearch{ThingKind: "event", ThingID: event.ID, Limit: personEntries})
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system_event", shown)
}

func (s *Staff) replayEvent(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := s.system.Upkeep.ReplayEvent(c.Request().Context(), in.Staff.Actor(), id, form.Get("key")); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/staff/system/events/"+url.PathEscape(id)+"?done=event")
}

// prettyJSON is JSON with its lines broken, and anything else as it is.
func prettyJSON(text string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String()
}
