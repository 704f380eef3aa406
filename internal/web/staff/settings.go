package staff

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// SettingsPage is the form of all settings.
type SettingsPage struct {
	Page
	Form      SettingsForm
	Currency  string
	TimeZones []string          // to choose from; others may be typed
	Changed   bool              // what is in the form is not what is in force
	Theirs    []shop.Difference // after a conflict: what others have done
	Mine      []shop.Difference // and what is in the form besides
	Since     SettingsLine      // the version in force
	Entries   []AuditLine
}

// SettingsPlanPage shows what saving will do.
type SettingsPlanPage struct {
	Page
	Differences  []shop.Difference
	Consequences []string
	Doubts       []string
	Sent         []FormField // the form that led here
}

// Input is one field of a form with what is wrong about it.
type Input struct{ Name, Label, Value, Bad string }

// Input gives a field of the page.
func (p Page) Input(name, label, value string) Input {
	return Input{name, label, value, p.Fields[name]}
}

// ZoneRow is one line of the table of zones.
type ZoneRow struct {
	ZoneForm
	Title string // how its inputs are called
	page  Page
}

// ZoneRow gives the line of a zone.
func (p *SettingsPage) ZoneRow(z ZoneForm, title string) ZoneRow { return ZoneRow{z, title, p.Page} }

// Input gives a field of the zone.
func (r ZoneRow) Input(name, label, value string) Input {
	return r.page.Input(r.Field(name), r.Title+": "+label, value)
}

// Box gives a box of the zone; ticked it has a value.
func (r ZoneRow) Box(name, label string, ticked bool) Input {
	value := ""
	if ticked {
		value = "1"
	}
	return r.Input(name, label, value)
}

// timeZones are offered; any other name of the IANA database may be typed.
var timeZones = []string{
	"America/New_York", "America/Detroit", "America/Chicago", "America/Denver", "America/Boise", "America/Phoenix", "America/Los_Angeles",
	"America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "America/Toronto", "America/Vancouver", "Europe/London", "Europe/Berlin",
	"Europe/Zurich", "Asia/Tokyo", "Australia/Sydney", "UTC",
}

// taxNotice stands on every page while taxes are not worked out.
func taxNotice(reason string) string {
	if reason == "" {
		reason = "the settings do not say why"
	}
	return "No taxes are worked out or taken (STRIPE_TAX is off): " + strings.TrimSuffix(reason, ".") + "."
}

// settingsEntries is how much of the audit log the page shows.
const settingsEntries = 10

func (s *Staff) settingsForm(c echo.Context, in database.SignedIn) error {
	now, err := s.reader.Settings(c.Request().Context())
	if err != nil {
		return err
	}
	return s.showSettings(c, in, &SettingsPage{Form: formOf(&now, &now)}, nil)
}

// showSettings completes the page of a form and shows it.
func (s *Staff) showSettings(c echo.Context, in database.SignedIn, shown *SettingsPage, refusal error) (err error) {
	ctx := c.Request().Context()
	if shown.Page, err = s.page(c, &in, "Settings"); err != nil {
		return err
	}
	shown.Path, shown.TimeZones = "/staff/settings", timeZones
	newest, err := s.settingsLines(ctx, 0, 1)
	if err != nil {
		return err
	}
	shown.Since = newest[0]
	if shown.Currency = strings.ToUpper(newest[0].Settings.Currency); refusal == nil && shown.Changed {
		shown.Done = "Nothing is saved yet."
	}
	if shown.Entries, err = s.auditLines(ctx, database.AuditSearch{ThingKind: "settings", Limit: settingsEntries}); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/settings", shown)
}

// settingsSent is what a form asks for.
type settingsSent struct {
	form    SettingsForm
	values  url.Values
	version int64
	wanted  shop.Settings
	reading *settingsReading
}

// mostSettings is how many fields the form may have: eight for each zone.
const mostSettings = 1000

// readSettings reads a form against the version it was shown with. A form
// that names none is refused together with the settings in force.
func (s *Staff) readSettings(c echo.Context) (sent settingsSent, refusal, err error) {
	if sent.values, err = web.FormUpTo(c, mostSettings); err != nil {
		return sent, nil, err
	}
	ctx := c.Request().Context()
	sent.version, refusal = strconv.ParseInt(sent.values.Get("version"), 10, 64)
	base, err := s.reader.SettingsVersion(ctx, sent.version)
	if refusal != nil || shop.IsNotFound(err) {
		refusal = shop.Invalid("Nothing is saved: the form did not say which version of the settings it is about. This is the one in force.")
		base, err = s.reader.Settings(ctx)
	}
	if err != nil {
		return sent, nil, err
	}
	sent.form = formOf(&base, &base)
	sent.form.lay(sent.values)
	sent.wanted, sent.reading = sent.form.read(base)
	return sent, refusal, nil
}

// planSettings shows what will change; with "edit" it shows the form again.
func (s *Staff) planSettings(c echo.Context, in database.SignedIn) error {
	sent, refusal, err := s.readSettings(c)
	switch {
	case err != nil:
		return err
	case refusal != nil || sent.values.Has("edit"):
		return s.showSettings(c, in, &SettingsPage{Form: sent.form, Changed: true}, refusal)
	}
	return s.showPlan(c, in, &sent, nil)
}

// showPlan shows what saving would do, or the form when it would be refused.
func (s *Staff) showPlan(c echo.Context, in database.SignedIn, sent *settingsSent, refusal error) error {
	change, err := s.settings.Plan(c.Request().Context(), sent.version, sent.wanted)
	if shop.KindOf(err) == shop.KindConflict {
		if len(sent.reading.bad) == 0 {
			return s.showSettings(c, in, onTop(&change, sent), err)
		}
		err = nil // first what cannot be read
	}
	if err = sent.reading.refusal(err); err != nil {
		return s.showSettings(c, in, &SettingsPage{Form: sent.form, Changed: true}, err)
	}
	if len(change.Differences) == 0 {
		return s.showSettings(c, in, &SettingsPage{Form: formOf(&change.Now, &change.Now)}, shop.Invalid("Nothing is different from the settings in force."))
	}
	p, err := s.page(c, &in, "What will change")
	if err != nil {
		return err
	}
	p.Path = "/staff/settings"
	status := http.StatusOK
	if refusal != nil {
		if status, err = p.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/settings_plan", &SettingsPlanPage{p, change.Differences, change.Consequences, change.Doubts, sent.form.Sent()})
}

// onTop is the form after a conflict: what is in force with one's own changes
// on top.
func onTop(change *settings.Change, sent *settingsSent) *SettingsPage {
	shown := &SettingsPage{Form: formOf(&change.Now, &change.Wanted), Changed: true, Theirs: change.Theirs, Mine: change.Differences}
	shown.Form.New = sent.form.New
	return shown
}

func (s *Staff) saveSettings(c echo.Context, in database.SignedIn) error {
	sent, refusal, err := s.readSettings(c)
	switch {
	case err != nil:
		return err
	case refusal != nil:
		return s.showSettings(c, in, &SettingsPage{Form: sent.form, Changed: true}, refusal)
	case len(sent.reading.bad) > 0:
		return s.showPlan(c, in, &sent, nil)
	}
	wish := settings.Wish{Who: in.Staff.Actor(), Version: sent.version, Settings: sent.wanted, Sure: sent.values.Has("sure")}
	if err := s.saved(c.Request().Context(), wish); err != nil {
		return s.showPlan(c, in, &sent, err)
	}
	return c.Redirect(http.StatusSeeOther, "/staff/settings?done=settings")
}

func (s *Staff) saved(ctx context.Context, wish settings.Wish) error {
	_, err := s.settings.Save(ctx, wish)
	return err
}
