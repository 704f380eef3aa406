package staff

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// ChecksPage lists the last checks of the whole database.
type ChecksPage struct {
	SystemPage
	Runs []VerifyLine
	Open bool // one is running
}

// VerifyLine is a check as a line.
type VerifyLine struct {
	ID      int64
	By      string
	Started shop.Instant
	Took    string // "" while it runs
	Verdict string
	Bad     bool
}

// URL is the check's page.
func (l VerifyLine) URL() string { return fmt.Sprintf("/staff/system/verify/%d", l.ID) }

// checks is how many are listed.
const checks = 30

func (s *Staff) checks(c echo.Context, in database.SignedIn) error { return s.showChecks(c, in, nil) }

func (s *Staff) showChecks(c echo.Context, in database.SignedIn, refusal error) error {
	shown := &ChecksPage{}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "Checks", "/staff/system/verify"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	runs, err := s.reader.VerifyRuns(c.Request().Context(), checks)
	if err != nil {
		return err
	}
	names, err := s.staffNames(c)
	if err != nil {
		return err
	}
	for _, run := range runs {
		shown.Runs = append(shown.Runs, verifyLine(run, names))
		shown.Open = shown.Open || run.State == shop.VerifyOpen
	}
	return s.kit.RenderStaff(c, status, "staff/system_checks", shown)
}

func verifyLine(run shop.VerifyRun, names map[string]string) VerifyLine {
	line := VerifyLine{ID: run.ID, By: nameIn(names, run.Who), Started: run.StartedAt, Verdict: verdictOf(run), Bad: run.Violations > 0 || run.Failure != ""}
	if run.EndedAt != nil {
		line.Took = run.EndedAt.Sub(run.StartedAt.Time).Round(time.Second / 10).String()
	}
	return line
}

// verdictOf is how a check ended, in a few words.
func verdictOf(run shop.VerifyRun) string {
	switch {
	case run.State == shop.VerifyOpen && run.Failure != "":
		return "begins again"
	case run.State == shop.VerifyOpen:
		return "running"
	case run.Failure != "":
		return "not finished"
	case run.Violations > 0 || run.Notices > 0:
		return fmt.Sprintf("violations: %d, notices: %d", run.Violations, run.Notices)
	}
	return "all is well"
}

// CheckPage is one check with what it found.
type CheckPage struct {
	SystemPage
	Run    shop.VerifyRun
	Line   VerifyLine
	Report shop.VerifyReport
}

func (s *Staff) check(c echo.Context, in database.SignedIn) error {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return shop.NotFound("There is no such check.")
	}
	run, err := s.reader.VerifyRun(c.Request().Context(), id)
	if err != nil {
		return err
	}
	shown := &CheckPage{Run: run}
	if shown.SystemPage, err = s.systemPage(c, in, fmt.Sprintf("Check %d", id), "/staff/system/verify"); err != nil {
		return err
	}
	names, err := s.staffNames(c)
	if err != nil {
		return err
	}
	shown.Line = verifyLine(run, names)
	if err := json.Unmarshal([]byte(run.Report), &shown.Report); err != nil {
		return fmt.Errorf("reading the report of check %d: %w", id, err)
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system_check", shown)
}

func (s *Staff) startCheck(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if _, err := s.system.Upkeep.StartVerify(c.Request().Context(), in.Staff.Actor(), form.Get("key")); err != nil {
		return s.showChecks(c, in, err)
	}
	return c.Redirect(http.StatusSeeOther, "/staff/system/verify?done=check")
}

// staffNames are the names of the shop's people by actor.
func (s *Staff) staffNames(c echo.Context) (map[string]string, error) {
	people, err := s.reader.StaffList(c.Request().Context())
	names := map[string]string{shop.ByJob: "the clock", shop.ByCommand: "a command"}
	for i := range people {
		names[people[i].Actor()] = people[i].Name
	}
	return names, err
}

func nameIn(names map[string]string, actor string) string {
	if name := names[actor]; name != "" {
		return name
	}
	return actor
}
