package access

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Invitation is who is to be invited, as typed.
type Invitation struct {
	Email string
	Name  string
	Role  string
}

// Invited is somebody who may choose a password, and the token of the link
// that lets them.
type Invited struct {
	Staff shop.Staff
	Token string
}

// Invite takes somebody in, mails a link that is good once for 72 hours, and
// returns its token. who is the actor. An address that is known already is
// KindConflict.
func (s *Service) Invite(ctx context.Context, who string, i Invitation) (Invited, error) {
	staff, err := i.clean()
	if err != nil {
		return Invited{}, err
	}
	invited, err := transact(ctx, s, func(ctx context.Context, tx *database.Tx) (Invited, error) {
		staff.ID = 0
		if err := tx.AddStaff(ctx, &staff); err != nil {
			return Invited{}, err
		}
		note(tx, who, "staff.invited", staff.ID, details{"email": staff.Email, "name": staff.Name, "role": string(staff.Role)})
		token, err := s.link(ctx, tx, staff)
		return Invited{staff, token}, err
	})
	if errors.Is(err, shop.ErrExists) {
		return invited, shop.Conflict("Somebody with this address is among the people already.")
	}
	return invited, err
}

func (i Invitation) clean() (shop.Staff, error) {
	staff := shop.Staff{State: shop.StaffInvited}
	var mail, name, role error
	staff.Email, mail = shop.CleanStaffEmail(i.Email)
	staff.Name, name = shop.CleanStaffName(i.Name)
	staff.Role, role = shop.ParseStaffRole(i.Role)
	return staff, together(mail, name, role)
}

// together makes one refusal of several.
func together(errs ...error) error {
	var all *shop.Error
	for _, err := range errs {
		var e *shop.Error
		if !errors.As(err, &e) {
			continue
		}
		if all == nil {
			all = shop.Invalid("Something is missing or not right.")
			all.Fields = map[string]string{}
		}
		for field, message := range e.Fields {
			all.Fields[field] = message
		}
	}
	if all == nil {
		return nil
	}
	return all
}

// link ends somebody's older links, makes a new one and mails it.
func (s *Service) link(ctx context.Context, tx *database.Tx, staff shop.Staff) (string, error) {
	if err := tx.EndLinks(ctx, shop.LinkInvite, int64(staff.ID)); err != nil {
		return "", err
	}
	expires := tx.Now().Add(shop.StaffInviteLife)
	link, err := tx.NewLink(ctx, shop.LinkInvite, int64(staff.ID), &expires)
	if err != nil {
		return "", err
	}
	return tx.Token(link), tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailStaffInvitation, Key: fmt.Sprintf("staff-invitation:%d", link.ID),
		Recipient: staff.Email, ThingID: int64(staff.ID),
	})
}

// Reset mails somebody a new link to choose a password and returns its token.
// The old password and the second step stay until it is used; the second step
// stays even then, unless withoutStep takes it away, for somebody who has
// lost the device and the recovery codes.
func (s *Service) Reset(ctx context.Context, who string, id shop.StaffID, withoutStep bool) (Invited, error) {
	return transact(ctx, s, func(ctx context.Context, tx *database.Tx) (Invited, error) {
		staff, err := tx.LockStaff(ctx, id)
		if err != nil {
			return Invited{}, err
		}
		if staff.State == shop.StaffDisabled {
			return Invited{}, shop.Conflict("%s is disabled. Let them in again first.", staff.Name)
		}
		if withoutStep && staff.HasSecondStep() {
			if err := tx.SetStaffSecret(ctx, id, nil); err != nil {
				return Invited{}, err
			}
			if err := tx.EndSessions(ctx, id, 0); err != nil {
				return Invited{}, err
			}
			note(tx, who, "staff.second_step_removed", id, details{})
		}
		note(tx, who, "staff.link_sent", id, details{"email": staff.Email})
		token, err := s.link(ctx, tx, staff)
		return Invited{staff, token}, err
	})
}

// SetRole makes somebody something else and ends all their sessions. The last
// owner stays one: KindConflict.
func (s *Service) SetRole(ctx context.Context, who string, id shop.StaffID, typed string) error {
	role, err := shop.ParseStaffRole(typed)
	if err != nil {
		return err
	}
	return s.change(ctx, id, func(ctx context.Context, tx *database.Tx, staff shop.Staff) error {
		if staff.Role == role {
			return nil
		}
		note(tx, who, "staff.role_changed", id, details{"before": string(staff.Role), "after": string(role)})
		return tx.SetStaffRole(ctx, id, role)
	})
}

// Disable keeps somebody out from this moment on: sessions and links are
// dead. The last owner stays: KindConflict.
func (s *Service) Disable(ctx context.Context, who string, id shop.StaffID) error {
	return s.change(ctx, id, func(ctx context.Context, tx *database.Tx, staff shop.Staff) error {
		if staff.State == shop.StaffDisabled {
			return nil
		}
		note(tx, who, "staff.disabled", id, details{"before": string(staff.State)})
		if err := tx.EndLinks(ctx, shop.LinkInvite, int64(id)); err != nil {
			return err
		}
		return tx.SetStaffState(ctx, id, shop.StaffDisabled)
	})
}

// Enable lets somebody in again who was disabled. Who had not yet chosen a
// password is invited as before and needs a new link.
func (s *Service) Enable(ctx context.Context, who string, id shop.StaffID) error {
	return s.change(ctx, id, func(ctx context.Context, tx *database.Tx, staff shop.Staff) error {
		if staff.State != shop.StaffDisabled {
			return nil
		}
		state := shop.StaffActive
		if staff.PasswordHash == "" {
			state = shop.StaffInvited
		}
		note(tx, who, "staff.enabled", id, details{"after": string(state)})
		return tx.SetStaffState(ctx, id, state)
	})
}

// change runs a change of somebody's standing, then makes sure that an owner
// is left, and ends the person's sessions.
func (s *Service) change(ctx context.Context, id shop.StaffID, change func(context.Context, *database.Tx, shop.Staff) error) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		owners, err := tx.LockOwners(ctx)
		if err != nil {
			return err
		}
		before, err := tx.LockStaff(ctx, id)
		if err != nil {
			return err
		}
		if err := change(ctx, tx, before); err != nil {
			return err
		}
		after, err := tx.StaffByID(ctx, id)
		if err != nil {
			return err
		}
		lost := isOwner(before) && !isOwner(after)
		if lost && len(owners) == 1 && owners[0] == id {
			return shop.Conflict("%s is the last owner. Make somebody else an owner first.", before.Name)
		}
		if before.State != after.State {
			if err := shop.StaffMoves.Check(before.State, after.State); err != nil {
				return err
			}
		} else if before.Role == after.Role {
			return nil
		}
		return tx.EndSessions(ctx, id, 0)
	})
}

func isOwner(s shop.Staff) bool { return s.Role == shop.RoleOwner && s.State == shop.StaffActive }
