package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// MessagePage says to somebody who is signed in why there is no page.
type MessagePage struct {
	Page
	Text string
}

// nowhere answers addresses of the staff area that there are not. Who is not
// signed in is not told which there are.
func (s *Staff) nowhere(echo.Context, database.SignedIn) error {
	return shop.NotFound("The staff area has no page at this address.")
}

// answered shows somebody who is signed in a refusal that is not of a form as
// a page of the staff area. What the shop did not foresee goes on to the door,
// which logs it.
func (s *Staff) answered(c echo.Context, in database.SignedIn, err error) error {
	status := web.StatusOf(err)
	if err == nil || status < 400 || status >= 500 || shop.MessageOf(err) == "" || web.WantsJSON(c) || c.Response().Committed {
		return err
	}
	heading := "That did not work"
	switch status {
	case http.StatusNotFound:
		heading = "There is nothing here"
	case http.StatusBadRequest:
		heading = "That could not be read"
	case http.StatusConflict:
		heading = "Something has changed"
	}
	p, pageErr := s.page(c, &in, heading)
	if pageErr != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/message", &MessagePage{p, shop.MessageOf(err)})
}
