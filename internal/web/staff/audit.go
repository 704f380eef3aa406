package staff

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// AuditPage searches the audit log.
type AuditPage struct {
	Page
	Who, Action, Thing, From, Until string         // as typed
	People                          []web.MenuItem // actors: Title is the name, URL the actor
	Lines                           []AuditLine
	Next                            string // address of the next page, "" on the last
}

// AuditLine is an entry as people read it.
type AuditLine struct {
	Seq      int64
	At       shop.Instant
	Who      string
	Action   string
	Thing    string
	ThingURL string // its page, "" where there is none
	Details  string
	kind, id string // of the thing
}

// auditPage is how many entries a page has.
const auditPage = 50

func (s *Staff) audit(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Audit log")
	if err != nil {
		return err
	}
	shown := &AuditPage{
		Page: p, Who: c.QueryParam("who"), Action: c.QueryParam("action"), Thing: c.QueryParam("thing"),
		From: c.QueryParam("from"), Until: c.QueryParam("until"),
	}
	ctx := c.Request().Context()
	if shown.People, err = s.actors(ctx); err != nil {
		return err
	}
	search, refusal := shown.search(c.QueryParam("before"))
	if refusal != nil {
		status, err := shown.refuse(refusal)
		if err != nil {
			return err
		}
		return s.kit.RenderStaff(c, status, "staff/audit", shown)
	}
	found, next, err := s.reader.AuditPage(ctx, search)
	if err != nil {
		return err
	}
	lines, err := s.readable(ctx, found)
	if err != nil {
		return err
	}
	if next > 0 {
		shown.Next = shown.next(next)
	}
	linkThings(lines, in.Staff)
	shown.Lines = lines
	return s.kit.RenderStaff(c, http.StatusOK, "staff/audit", shown)
}

// search is what was typed as a search.
func (p *AuditPage) search(before string) (database.AuditSearch, error) {
	s := database.AuditSearch{Who: p.Who, Action: p.Action, Limit: auditPage}
	s.ThingKind, s.ThingID, _ = strings.Cut(strings.TrimSpace(p.Thing), " ")
	s.ThingID = strings.TrimSpace(s.ThingID)
	if before != "" {
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil || n <= 0 {
			return s, shop.Invalid("The page's address is not right.")
		}
		s.Before = n
	}
	var err error
	if s.From, err = p.day("from", p.From, 0); err != nil {
		return s, err
	}
	s.Until, err = p.day("until", p.Until, 1)
	return s, err
}

// day is the beginning of a day in the shop's time zone, some days later; nil
// for none.
func (p *AuditPage) day(field, typed string, later int) (*shop.Instant, error) {
	if typed == "" {
		return nil, nil
	}
	t, err := time.ParseInLocation("2006-01-02", typed, p.zoneOrUTC())
	if err != nil || t.Year() < 1980 || t.Year() > 9000 {
		e := shop.Invalid("Write a day as 2026-11-22.")
		e.Fields = map[string]string{field: e.Message}
		return nil, e
	}
	at := shop.At(t.AddDate(0, 0, later))
	return &at, nil
}

func (p *AuditPage) next(before int64) string {
	q := url.Values{"before": {fmt.Sprint(before)}}
	for name, value := range map[string]string{"who": p.Who, "action": p.Action, "thing": p.Thing, "from": p.From, "until": p.Until} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/staff/audit?" + q.Encode()
}

// actors are whom the log may name.
func (s *Staff) actors(ctx context.Context) ([]web.MenuItem, error) {
	list, err := s.reader.StaffList(ctx)
	if err != nil {
		return nil, err
	}
	actors := []web.MenuItem{{Title: "A command", URL: shop.ByCommand}}
	for i := range list {
		actors = append(actors, web.MenuItem{Title: list[i].Name, URL: list[i].Actor()})
	}
	return actors, nil
}

// auditLines are entries with the names of people in them.
func (s *Staff) auditLines(ctx context.Context, search database.AuditSearch) ([]AuditLine, error) {
	found, err := s.reader.Audit(ctx, search)
	if err != nil {
		return nil, err
	}
	return s.readable(ctx, found)
}

func (s *Staff) readable(ctx context.Context, found []database.AuditLine) ([]AuditLine, error) {
	people, err := s.reader.StaffList(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for i := range people {
		names[people[i].Actor()] = people[i].Name
	}
	lines := make([]AuditLine, len(found))
	for i, e := range found {
		lines[i] = AuditLine{Seq: e.Seq, At: e.At, Who: e.Who, Action: e.Action, Thing: e.ThingKind + " " + e.ThingID, Details: detailText(e.Details), kind: e.ThingKind, id: e.ThingID}
		if name := names[e.Who]; name != "" {
			lines[i].Who = name
		}
		if name := names["staff:"+e.ThingID]; e.ThingKind == "staff" && name != "" {
			lines[i].Thing = name
		}
	}
	return lines, nil
}

// detailText is an entry's details in one line: what changed first, then the
// rest by name.
func detailText(details *string) string {
	if details == nil {
		return "(erased)"
	}
	var fields map[string]any
	if json.Unmarshal([]byte(*details), &fields) != nil {
		return *details
	}
	var parts []string
	before, after := fields["before"], fields["after"]
	if changed, ok := changedFields(before, after); ok {
		parts = append(parts, changed...)
	} else if before != nil || after != nil {
		parts = append(parts, fmt.Sprintf("%s → %s", plain(before), plain(after)))
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name != "before" && name != "after" && name != "form" {
			parts = append(parts, fmt.Sprintf("%s: %s", name, plain(fields[name])))
		}
	}
	return strings.Join(parts, ", ")
}
