package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"longrun/internal/access"
	"longrun/internal/app"
	"longrun/internal/shop"
)

const staffUsage = `longrun staff add EMAIL --name NAME [--role owner|manager|support|editor] [--json]
longrun staff list [--json]
longrun staff disable EMAIL
longrun staff reset EMAIL [--without-second-step] [--json]

Who may sign in at /staff. add and reset mail a link to choose a password and
write it here too; it works once, for 72 hours. There is no account before the
first add.`

func staffCommand(ctx context.Context, e *environment) int {
	f := e.flags(staffUsage)
	asJSON := f.Bool("json", false, "write JSON")
	name := f.String("name", "", "the name of whom add takes in")
	role := f.String("role", string(shop.RoleOwner), "the role of whom add takes in")
	without := f.Bool("without-second-step", false, "reset also removes the second step, for a lost device")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	list := len(words) == 1 && words[0] == "list"
	about := len(words) == 2 && (words[0] == "add" || words[0] == "disable" || words[0] == "reset")
	if !list && !about || words[0] == "add" && *name == "" {
		f.Usage()
		return exitUsage
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	switch words[0] {
	case "list":
		return e.listStaff(ctx, a, *asJSON)
	case "add":
		invited, err := a.Access.Invite(ctx, shop.ByCommand, access.Invitation{Email: words[1], Name: *name, Role: *role})
		return e.printInvited(a, invited, err, *asJSON)
	}
	return e.changeStaff(ctx, a, words, *without, *asJSON)
}

func (e *environment) changeStaff(ctx context.Context, a *app.App, words []string, without, asJSON bool) int {
	email, err := shop.CleanStaffEmail(words[1])
	if err != nil {
		return e.fail(err)
	}
	staff, err := a.DB.StaffByEmail(ctx, email)
	if err != nil {
		return e.fail(err)
	}
	if words[0] == "reset" {
		invited, err := a.Access.Reset(ctx, shop.ByCommand, staff.ID, without)
		return e.printInvited(a, invited, err, asJSON)
	}
	if err := a.Access.Disable(ctx, shop.ByCommand, staff.ID); err != nil {
		return e.fail(err)
	}
	fmt.Fprintf(e.Stdout, "%s cannot sign in any more.\n", staff.Email)
	return exitOK
}

func (e *environment) printInvited(a *app.App, invited access.Invited, err error, asJSON bool) int {
	if err != nil {
		return e.fail(err)
	}
	link := a.Config.BaseURL + "/staff/invitation/" + invited.Token
	if asJSON {
		return e.printJSON(struct {
			ID    shop.StaffID `json:"id"`
			Email string       `json:"email"`
			URL   string       `json:"url"`
		}{invited.Staff.ID, invited.Staff.Email, link})
	}
	fmt.Fprintf(e.Stdout, "%s chooses a password at\n%s\n", invited.Staff.Email, link)
	return exitOK
}

// staffView is somebody as staff list writes them.
type staffView struct {
	ID         shop.StaffID    `json:"id"`
	Email      string          `json:"email"`
	Name       string          `json:"name"`
	Role       shop.StaffRole  `json:"role"`
	State      shop.StaffState `json:"state"`
	SecondStep bool            `json:"second_step"`
}

func (e *environment) listStaff(ctx context.Context, a *app.App, asJSON bool) int {
	found, err := a.DB.StaffList(ctx)
	if err != nil {
		return e.fail(err)
	}
	views := make([]staffView, len(found))
	for i, s := range found {
		views[i] = staffView{s.ID, s.Email, s.Name, s.Role, s.State, s.HasSecondStep()}
	}
	if asJSON {
		return e.printJSON(views)
	}
	w := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "EMAIL\tNAME\tROLE\tSTATE\tSECOND STEP")
	for _, s := range views {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%v\n", s.Email, s.Name, s.Role, s.State, s.SecondStep)
	}
	if err := w.Flush(); err != nil {
		return e.fail(err)
	}
	return exitOK
}
