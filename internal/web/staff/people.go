package staff

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/access"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// PeoplePage lists the shop's people.
type PeoplePage struct {
	Page
	People []shop.Staff
}

func (s *Staff) people(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "People")
	if err != nil {
		return err
	}
	list, err := s.reader.StaffList(c.Request().Context())
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/people", &PeoplePage{p, list})
}

// InvitePage takes somebody in.
type InvitePage struct {
	Page
	Email string
	Name  string
	Role  string
	Roles []shop.StaffRole
}

func (s *Staff) invitePage(c echo.Context, in database.SignedIn) error {
	return s.showInvite(c, in, access.Invitation{Role: string(shop.RoleSupport)}, nil)
}

func (s *Staff) showInvite(c echo.Context, in database.SignedIn, typed access.Invitation, refusal error) error {
	p, err := s.page(c, &in, "Invite somebody")
	if err != nil {
		return err
	}
	p.Path = "/staff/people"
	status := http.StatusOK
	if refusal != nil {
		if status, err = p.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/invite", &InvitePage{p, typed.Email, typed.Name, typed.Role, shop.StaffRoles()})
}

func (s *Staff) invite(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	typed := access.Invitation{Email: form.Get("email"), Name: form.Get("name"), Role: form.Get("role")}
	invited, err := s.access.Invite(c.Request().Context(), in.Staff.Actor(), typed)
	if err != nil {
		return s.showInvite(c, in, typed, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("/staff/people/%d?done=invited", invited.Staff.ID))
}

// PersonPage is one of the shop's people, with what was done about them.
type PersonPage struct {
	Page
	Person  shop.Staff
	Roles   []shop.StaffRole
	Self    bool
	Action  string // where its forms begin
	Entries []AuditLine
}

// personEntries is how much of the audit log a person's page shows.
const personEntries = 20

func (s *Staff) person(c echo.Context, in database.SignedIn) error { return s.showPerson(c, in, nil) }

func (s *Staff) showPerson(c echo.Context, in database.SignedIn, refusal error) error {
	who, err := s.asked(c)
	if err != nil {
		return err
	}
	p, err := s.page(c, &in, who.Name)
	if err != nil {
		return err
	}
	p.Path = "/staff/people"
	entries, err := s.auditLines(c.Request().Context(), database.AuditSearch{ThingKind: "staff", ThingID: fmt.Sprint(who.ID), Limit: personEntries})
	if err != nil {
		return err
	}
	shown := &PersonPage{
		Page: p, Person: who, Roles: shop.StaffRoles(), Self: who.ID == in.Staff.ID,
		Action: fmt.Sprintf("/staff/people/%d", who.ID), Entries: entries,
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/person", shown)
}

// asked is whom a request's address names.
func (s *Staff) asked(c echo.Context) (shop.Staff, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id <= 0 {
		return shop.Staff{}, shop.NotFound("There is nobody of that name here.")
	}
	return s.reader.StaffByID(c.Request().Context(), shop.StaffID(id))
}

// about runs a change of whom the address names and leads back to their page.
func (s *Staff) about(c echo.Context, in database.SignedIn, done string, change func(context.Context, shop.StaffID) error) error {
	who, err := s.asked(c)
	if err != nil {
		return err
	}
	if err := change(c.Request().Context(), who.ID); err != nil {
		return s.showPerson(c, in, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("/staff/people/%d?done=%s", who.ID, done))
}

func (s *Staff) setRole(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	return s.about(c, in, "role", func(ctx context.Context, id shop.StaffID) error {
		return s.access.SetRole(ctx, in.Staff.Actor(), id, form.Get("role"))
	})
}

func (s *Staff) disable(c echo.Context, in database.SignedIn) error {
	return s.about(c, in, "disabled", func(ctx context.Context, id shop.StaffID) error {
		return s.access.Disable(ctx, in.Staff.Actor(), id)
	})
}

func (s *Staff) enable(c echo.Context, in database.SignedIn) error {
	return s.about(c, in, "enabled", func(ctx context.Context, id shop.StaffID) error {
		return s.access.Enable(ctx, in.Staff.Actor(), id)
	})
}

func (s *Staff) sendLink(c echo.Context, in database.SignedIn) error {
	return s.about(c, in, "link", func(ctx context.Context, id shop.StaffID) error {
		_, err := s.access.Reset(ctx, in.Staff.Actor(), id, false)
		return err
	})
}
