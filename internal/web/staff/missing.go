package staff

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// MessagePage says why there is no page.
type MessagePage struct {
	Page
	Text      string
	Reference string // for a 500, so that it is found in the log
}

// nowhere answers addresses of the staff area that there are not. Who is not
// signed in is not told which there are.
func (s *Staff) nowhere(echo.Context, database.SignedIn) error {
	return shop.NotFound("The staff area has no page at this address.")
}

// failedTime is how long the page of an error may ask the database, which may
// be what has failed.
const failedTime = 2 * time.Second

// failed shows an error as a page of the staff area: with its menu to those
// who are signed in, and bare where not even that can be found out.
func (s *Staff) failed(c echo.Context, m *web.MessagePage) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), failedTime)
	defer cancel()
	c.SetRequest(c.Request().WithContext(ctx))
	in, err := s.reader.SessionByToken(ctx, s.kit.StaffToken(c))
	signedIn := err == nil && in.Session.Stage == shop.SessionFull
	if m.Status == http.StatusMethodNotAllowed && shop.IsNotFound(err) {
		return s.toSignIn(c)
	}
	p, err := s.page(c, nil, m.Heading)
	if signedIn && err == nil {
		p, err = s.page(c, &in, m.Heading)
	}
	if err != nil {
		p = s.bare(c, shop.DefaultSettings(), m.Heading)
	}
	p.Done = ""
	return s.kit.RenderStaff(c, m.Status, "staff/message", &MessagePage{p, m.Text, m.Reference})
}
