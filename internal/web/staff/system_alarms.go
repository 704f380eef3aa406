package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// AlarmsPage lists alarms.
type AlarmsPage struct {
	SystemPage
	Open   []shop.Alarm
	More   bool // there are more open ones
	Closed []ClosedAlarm
	Next   string
	Wrong  shop.AlarmID // whose note was refused
	Note   string       // as typed
}

// ClosedAlarm is an alarm with the name of who has closed it.
type ClosedAlarm struct {
	shop.Alarm
	By string
}

// How many alarms a page shows.
const openAlarms, closedAlarms = 100, 25

func (s *Staff) alarms(c echo.Context, in database.SignedIn) error {
	return s.showAlarms(c, in, 0, "", nil)
}

func (s *Staff) showAlarms(c echo.Context, in database.SignedIn, wrong shop.AlarmID, note string, refusal error) error {
	shown := &AlarmsPage{Wrong: wrong, Note: note}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "Alarms", "/staff/system/alarms"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	after, err := database.ParseMoment(c.QueryParam("after"))
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if shown.Open, err = s.reader.OpenAlarms(ctx, openAlarms+1); err != nil {
		return err
	}
	if shown.More = len(shown.Open) > openAlarms; shown.More {
		shown.Open = shown.Open[:openAlarms]
	}
	closed, err := s.reader.ClosedAlarms(ctx, after, closedAlarms+1)
	if err != nil {
		return err
	}
	if len(closed) > closedAlarms {
		closed = closed[:closedAlarms]
		last := closed[closedAlarms-1]
		shown.Next = systemList("/staff/system/alarms", map[string]string{"after": database.Moment{At: *last.ClosedAt, ID: fmt.Sprint(last.ID)}.String()})
	}
	names, err := s.staffNames(c)
	if err != nil {
		return err
	}
	for _, a := range closed {
		shown.Closed = append(shown.Closed, ClosedAlarm{a, nameIn(names, a.ClosedBy)})
	}
	return s.kit.RenderStaff(c, status, "staff/system_alarms", shown)
}

func (s *Staff) closeAlarm(c echo.Context, in database.SignedIn) error {
	id, form, err := idAndForm(c)
	if err != nil {
		return err
	}
	if err := s.system.Upkeep.CloseAlarm(c.Request().Context(), in.Staff.Actor(), shop.AlarmID(id), form.Get("note")); err != nil {
		return s.showAlarms(c, in, shop.AlarmID(id), form.Get("note"), err)
	}
	return c.Redirect(http.StatusSeeOther, "/staff/system/alarms?done=alarm")
}

// AlarmSettingsPage says who is told of what.
type AlarmSettingsPage struct {
	Page
	To     string // addresses, one to a line, as typed
	Causes []AlarmCause
}

// AlarmCause is a cause with its switch.
type AlarmCause struct {
	Kind shop.AlarmKind
	On   bool
}

func (s *Staff) alarmSettings(c echo.Context, in database.SignedIn) error {
	now, err := s.reader.Settings(c.Request().Context())
	if err != nil {
		return err
	}
	var on []shop.AlarmKind
	for _, a := range now.Alarms {
		if a.On {
			on = append(on, a.Code)
		}
	}
	return s.showAlarmSettings(c, in, strings.Join(now.AlarmMailTo, "\n"), on, nil)
}

func (s *Staff) showAlarmSettings(c echo.Context, in database.SignedIn, to string, on []shop.AlarmKind, refusal error) error {
	p, err := s.page(c, &in, "Who is told of alarms")
	if err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = p.refuse(refusal); err != nil {
			return err
		}
	}
	shown := &AlarmSettingsPage{Page: p, To: to}
	for _, kind := range shop.AlarmKinds() {
		shown.Causes = append(shown.Causes, AlarmCause{kind, slices.Contains(on, kind)})
	}
	return s.kit.RenderStaff(c, status, "staff/settings_alarms", shown)
}

func (s *Staff) saveAlarmSettings(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if !form.Has("alarm_mail_to") || !form.Has("end") { // what is not sent would be switched off
		return shop.Errorf(shop.KindMalformed, "The form is not whole. Open the page again.")
	}
	var on []shop.AlarmKind
	for _, kind := range form["on"] {
		on = append(on, shop.AlarmKind(kind))
	}
	typed := settings.Alarms{To: addressesIn(form.Get("alarm_mail_to")), On: on}
	if err := s.system.Settings.SetAlarms(c.Request().Context(), typed, in.Staff.Actor()); err != nil {
		return s.showAlarmSettings(c, in, form.Get("alarm_mail_to"), on, err)
	}
	return c.Redirect(http.StatusSeeOther, "/staff/settings/alarms?done=alarms-set")
}

// idAndForm is what a form about a thing with a number carries.
func idAndForm(c echo.Context) (int64, url.Values, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return 0, nil, shop.NotFound("There is no such thing.")
	}
	form, err := web.FormValues(c)
	return id, form, err
}

// addressesIn are addresses as people write several: one to a line, or with
// commas.
func addressesIn(typed string) []string {
	return strings.FieldsFunc(typed, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' || r == ';' || r == ' ' })
}
