package staff

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// SettingsLine is a version with who made it, by name, and what it changed.
type SettingsLine struct {
	shop.SettingsVersion
	By      string
	Changed []shop.Difference // none for the first
}

// SettingsVersionsPage lists all versions.
type SettingsVersionsPage struct {
	Page
	Versions []SettingsLine
	Next     string // address of the next page, "" on the last
}

// SettingsVersionPage is one version, and what bringing it back would do.
type SettingsVersionPage struct {
	Page
	Line         SettingsLine
	Values       []shop.Difference // all of it, as After
	Now          int64             // the version in force
	Differences  []shop.Difference // from the version in force to this one
	Consequences []string
	Doubts       []string
	Refused      string // why it cannot come back, "" when it can
	Action       string
}

// versionsPage is how many versions a page has.
const versionsPage = 50

func (s *Staff) settingsVersions(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Versions of the settings")
	if err != nil {
		return err
	}
	before := int64(0)
	if typed := c.QueryParam("before"); typed != "" {
		if before, err = strconv.ParseInt(typed, 10, 64); err != nil || before < 1 {
			return shop.NotFound("There is no such page.")
		}
	}
	versions, err := s.settingsLines(c.Request().Context(), before, versionsPage)
	if err != nil {
		return err
	}
	shown := &SettingsVersionsPage{Page: p, Versions: versions}
	if n := len(versions); n == versionsPage && versions[n-1].Version > 1 {
		shown.Next = fmt.Sprintf("/staff/settings/versions?before=%d", versions[n-1].Version)
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/settings_versions", shown)
}

// settingsLines are versions before one, 0 for the newest, in two queries.
func (s *Staff) settingsLines(ctx context.Context, before int64, limit int) ([]SettingsLine, error) {
	versions, err := s.reader.SettingsVersions(ctx, before, limit+1)
	if err != nil {
		return nil, err
	}
	actors, err := s.actors(ctx)
	if err != nil {
		return nil, err
	}
	var list []SettingsLine
	for i := range versions[:min(len(versions), limit)] {
		line := SettingsLine{SettingsVersion: versions[i], By: nameOf(actors, versions[i].Who)}
		if i+1 < len(versions) {
			line.Changed = versions[i+1].Differences(&versions[i].Settings)
		}
		list = append(list, line)
	}
	return list, nil
}

// nameOf is an actor's name, or how the audit log writes it.
func nameOf(actors []web.MenuItem, who string) string {
	for _, a := range actors {
		if a.URL == who {
			return a.Title
		}
	}
	return who
}

func (s *Staff) settingsVersion(c echo.Context, in database.SignedIn) error {
	return s.showVersion(c, in, nil)
}

// askedVersion is the version that a request's address names.
func (s *Staff) askedVersion(c echo.Context) (SettingsLine, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id < 1 || id > 1<<52 {
		return SettingsLine{}, shop.NotFound("There is no such version of the settings.")
	}
	found, err := s.settingsLines(c.Request().Context(), id+1, 1)
	if err != nil {
		return SettingsLine{}, err
	}
	if len(found) == 0 || found[0].Version != id {
		return SettingsLine{}, shop.NotFound("There is no such version of the settings.")
	}
	return found[0], nil
}

func (s *Staff) showVersion(c echo.Context, in database.SignedIn, refusal error) error {
	line, err := s.askedVersion(c)
	if err != nil {
		return err
	}
	p, err := s.page(c, &in, fmt.Sprintf("Version %d of the settings", line.Version))
	if err != nil {
		return err
	}
	shown := &SettingsVersionPage{Page: p, Line: line, Values: line.Told(), Action: fmt.Sprintf("/staff/settings/versions/%d", line.Version)}
	if err := s.planBack(c.Request().Context(), shown); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/settings_version", shown)
}

// planBack says what bringing the version back would do now.
func (s *Staff) planBack(ctx context.Context, p *SettingsVersionPage) error {
	now, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	change, err := s.settings.Plan(ctx, now.Version, p.Line.Settings)
	p.Now, p.Differences, p.Consequences, p.Doubts = now.Version, change.Differences, change.Consequences, change.Doubts
	switch shop.KindOf(err) {
	case shop.KindInvalid, shop.KindConflict:
		p.Refused, p.Differences = sentence(shop.MessageOf(err)), now.Differences(&p.Line.Settings)
		return nil
	}
	return err
}

func (s *Staff) bringBack(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	line, err := s.askedVersion(c)
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(form.Get("version"), 10, 64)
	if err != nil {
		return s.showVersion(c, in, shop.Invalid("The form does not say which version it would replace. Please look again."))
	}
	wish := settings.Wish{Who: in.Staff.Actor(), Version: seen, Settings: line.Settings, Sure: form.Has("sure"), Back: line.Version}
	if err := s.saved(c.Request().Context(), wish); err != nil {
		return s.showVersion(c, in, err)
	}
	return c.Redirect(http.StatusSeeOther, "/staff/settings?done=settingsback")
}
