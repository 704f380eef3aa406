package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// RetentionPage shows how long everything is kept, and what went.
type RetentionPage struct {
	SystemPage
	Lines []RetentionLine
}

// RetentionLine is one kind of thing.
type RetentionLine struct {
	shop.Retention
	Days  string
	Count *shop.RetentionCount // nil before the first run
}

func (s *Staff) retention(c echo.Context, in database.SignedIn) error {
	shown := &RetentionPage{}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "Retention", "/staff/system/retention"); err != nil {
		return err
	}
	ctx := c.Request().Context()
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	counts, err := s.reader.RetentionCounts(ctx)
	if err != nil {
		return err
	}
	for _, r := range shop.Retentions() {
		line := RetentionLine{Retention: r, Days: r.Days(settings.TaxYears)}
		if count, ran := counts[r.Kind]; ran {
			line.Count = &count
		}
		shown.Lines = append(shown.Lines, line)
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system_retention", shown)
}
