package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"runtime"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/post"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
	"longrun/internal/web"
)

// System is what the pages of the system stand on.
type System struct {
	Upkeep   *upkeep.Service
	Post     *post.Outbox
	Settings *settings.Service

	Release       string // of this program
	Revision      string // what it was built from
	StripeVersion string
	StripeMode    string // "live", "test" or "simulator"
}

// systemTabs are the pages of the system.
var systemTabs = []web.MenuItem{
	{Title: "Overview", URL: "/staff/system"},
	{Title: "Alarms", URL: "/staff/system/alarms"},
	{Title: "Jobs", URL: "/staff/system/jobs"},
	{Title: "Stripe events", URL: "/staff/system/events"},
	{Title: "Mails", URL: "/staff/system/mails"},
	{Title: "Checks", URL: "/staff/system/verify"},
	{Title: "Retention", URL: "/staff/system/retention"},
}

// SystemPage is what every page of the system has.
type SystemPage struct {
	Page
	Tabs []web.MenuItem
	Tab  string // the address of the tab this page is in
	Key  string // of the page's forms: one press, one thing
}

// OnTab says whether the page is that of a tab.
func (p *SystemPage) OnTab(url string) bool { return p.Tab == url }

func (s *Staff) systemPage(c echo.Context, in database.SignedIn, title, tab string) (SystemPage, error) {
	p, err := s.page(c, &in, title)
	if err != nil {
		return SystemPage{}, err
	}
	p.Path = tab
	return SystemPage{Page: p, Tabs: systemTabs, Tab: tab, Key: rand.Text()}, nil
}

// OverviewPage shows how the system is.
type OverviewPage struct {
	SystemPage
	Facts    []Fact
	Versions []Fact
}

// Fact is a line of a list: what, and how it is.
type Fact struct {
	Name  string
	Value string
	At    *shop.Instant // shown where there is no value
	URL   string        // where it is looked at, "" for nowhere
	Bad   bool          // somebody should look
}

// mostWaiting is how far the overview counts.
const mostWaiting = 1000

func (s *Staff) systemOverview(c echo.Context, in database.SignedIn) error {
	shown := &OverviewPage{}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "System", "/staff/system"); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if shown.Facts, err = s.systemFacts(ctx); err != nil {
		return err
	}
	if shown.Versions, err = s.systemVersions(ctx); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system", shown)
}

// systemFacts are what goes on, in a fixed number of questions.
func (s *Staff) systemFacts(ctx context.Context) ([]Fact, error) {
	open, err := s.reader.OpenAlarms(ctx, mostWaiting)
	if err != nil {
		return nil, err
	}
	queue, err := s.reader.WaitingCounts(ctx, mostWaiting)
	if err != nil {
		return nil, err
	}
	oldest, err := s.reader.OldestMail(ctx)
	if err != nil {
		return nil, err
	}
	webhook, err := s.reader.LastEvent(ctx)
	if err != nil {
		return nil, err
	}
	runs, err := s.reader.VerifyRuns(ctx, 1)
	if err != nil {
		return nil, err
	}
	check := Fact{Name: "Last check", Value: "none yet", URL: "/staff/system/verify"}
	if len(runs) > 0 {
		check.Value, check.URL = verdictOf(runs[0]), VerifyLine{ID: runs[0].ID}.URL()
		check.Bad = runs[0].Violations > 0 || runs[0].Failure != ""
	}
	return []Fact{
		{Name: "Open alarms", Value: bounded(len(open), mostWaiting), URL: "/staff/system/alarms", Bad: len(open) > 0},
		{Name: "Jobs that wait", Value: bounded(queue.Ready, mostWaiting), URL: "/staff/system/jobs?state=ready"},
		{Name: "Dead jobs", Value: bounded(queue.Dead, mostWaiting), URL: "/staff/system/jobs?state=dead", Bad: queue.Dead > 0},
		{Name: "Mails that wait", Value: bounded(queue.Mails, mostWaiting), URL: "/staff/system/mails?state=queued"},
		orNever(Fact{Name: "The oldest of them", At: oldest, URL: "/staff/system/mails?state=queued"}, "no mail waits"),
		orNever(Fact{Name: "Last webhook received", At: webhook, URL: "/staff/system/events"}, "none yet"),
		check,
	}, nil
}

func (s *Staff) systemVersions(ctx context.Context) ([]Fact, error) {
	v, err := s.reader.Versions(ctx)
	if err != nil {
		return nil, err
	}
	now, err := s.reader.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return []Fact{
		{Name: "Longrun", Value: s.system.Release + " (" + s.system.Revision + ")"},
		{Name: "Environment", Value: s.kit.Environment()},
		{Name: "Go", Value: runtime.Version()},
		{Name: "Database", Value: v.Engine},
		{Name: "Schema", Value: "version " + fmt.Sprint(v.Schema)},
		{Name: "Settings", Value: "version " + fmt.Sprint(now.Version)},
		{Name: "Stripe", Value: s.system.StripeMode + ", API of " + s.system.StripeVersion},
	}, nil
}

// bounded is a number that was counted no further than most.
func bounded(n, most int) string {
	if n >= most {
		return fmt.Sprint(most) + " or more"
	}
	return fmt.Sprint(n)
}

func orNever(f Fact, otherwise string) Fact {
	if f.At == nil {
		f.Value = otherwise
	}
	return f
}

// systemList is the address of a list with its filters and where it goes on.
func systemList(path string, filters map[string]string) string {
	q := url.Values{}
	for name, value := range filters {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
