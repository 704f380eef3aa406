package staff

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// JobsPage lists jobs of one state.
type JobsPage struct {
	SystemPage
	State  shop.JobState
	States []web.MenuItem
	Kind   string
	Kinds  []string
	Jobs   []shop.Job
	Next   string
	Here   string // this list's address, to come back to
}

// Later says whether a job waits for a later try.
func (p *JobsPage) Later(job shop.Job) bool {
	return job.State == shop.JobReady && job.LeaseUntil == nil
}

// jobStates are the tabs.
var jobStates = []web.MenuItem{{Title: "Waiting", URL: "ready"}, {Title: "Dead", URL: "dead"}, {Title: "Done", URL: "done"}}

// systemRows is how many rows a list of the system has.
const systemRows = 50

func (s *Staff) jobs(c echo.Context, in database.SignedIn) error {
	shown := &JobsPage{State: shop.JobState(c.QueryParam("state")), States: jobStates, Kind: c.QueryParam("kind"), Kinds: shop.JobKinds()}
	if shown.State == "" {
		shown.State = shop.JobReady
	}
	if !slices.Contains([]shop.JobState{shop.JobReady, shop.JobDead, shop.JobDone}, shown.State) {
		return shop.NotFound("There are no such jobs.")
	}
	if shown.Kind != "" && !slices.Contains(shown.Kinds, shown.Kind) && len(shown.Kind) <= 40 {
		shown.Kinds = append(shown.Kinds, shown.Kind) // of another release
	}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "Jobs", "/staff/system/jobs"); err != nil {
		return err
	}
	before, err := pageBefore(c)
	if err != nil {
		return err
	}
	shown.Jobs, err = s.reader.JobList(c.Request().Context(), database.JobSearch{
		State: shown.State, Kind: shown.Kind, Before: shop.JobID(before), Limit: systemRows + 1,
	})
	if err != nil {
		return err
	}
	if len(shown.Jobs) > systemRows {
		shown.Jobs = shown.Jobs[:systemRows]
		shown.Next = shown.address(shown.Jobs[systemRows-1].ID)
	}
	shown.Here = shown.address(0)
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system_jobs", shown)
}

func (p *JobsPage) address(before shop.JobID) string {
	filters := map[string]string{"state": string(p.State), "kind": p.Kind}
	if before > 0 {
		filters["before"] = fmt.Sprint(before)
	}
	return systemList("/staff/system/jobs", filters)
}

// pageBefore is where a list by number goes on, 0 at its beginning.
func pageBefore(c echo.Context) (int64, error) {
	typed := c.QueryParam("before")
	if typed == "" {
		return 0, nil
	}
	n, err := web.ParseID(typed)
	if err != nil {
		return 0, shop.Invalid("The page's address is not right.")
	}
	return n, nil
}

func (s *Staff) replayJob(c echo.Context, in database.SignedIn) error {
	return s.aboutJob(c, in, "job-replayed", s.system.Upkeep.ReplayJob)
}

func (s *Staff) runJob(c echo.Context, in database.SignedIn) error {
	return s.aboutJob(c, in, "job-run", s.system.Upkeep.RunJob)
}

func (s *Staff) aboutJob(c echo.Context, in database.SignedIn, done string, change func(context.Context, string, shop.JobID) error) error {
	id, form, err := idAndForm(c)
	if err != nil {
		return err
	}
	if err := change(c.Request().Context(), in.Staff.Actor(), shop.JobID(id)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, jobsAfter(form.Get("state"), form.Get("kind"), done))
}

// jobsAfter is the list that a form on it leads back to.
func jobsAfter(state, kind, done string) string {
	return systemList("/staff/system/jobs", map[string]string{"state": state, "kind": kind, "done": done})
}

func (s *Staff) replayDead(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if _, err := s.system.Upkeep.ReplayDead(c.Request().Context(), in.Staff.Actor(), form.Get("kind")); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, jobsAfter("dead", form.Get("kind"), "jobs-replayed"))
}
