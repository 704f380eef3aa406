package access

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

const linkOver = "This link was used, is too old, or was replaced by a newer one. Ask an owner for another."

// Invitee is whom a link is for. A link that is used, too old or unknown is
// KindNotFound.
func (s *Service) Invitee(ctx context.Context, token string) (shop.Staff, error) {
	link, err := s.db.LinkByToken(ctx, shop.LinkInvite, token)
	if err != nil {
		return shop.Staff{}, shop.NotFound(linkOver)
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return shop.Staff{}, err
	}
	if link.UsedAt != nil || link.ExpiresAt != nil && !now.Before(*link.ExpiresAt) {
		return shop.Staff{}, shop.NotFound(linkOver)
	}
	return s.db.StaffByID(ctx, shop.StaffID(link.ThingID))
}

// Accept sets the password of whom a link is for. The link is used, all
// sessions are over, and an invited person is active; signing in is another
// matter, so that a link never goes past the second step. A password that is
// refused is KindInvalid and leaves the link as it was.
func (s *Service) Accept(ctx context.Context, token, password string) (shop.Staff, error) {
	staff, err := s.Invitee(ctx, token)
	if err != nil {
		return staff, err
	}
	if err := s.checkPassword(ctx, password, staff); err != nil {
		return staff, err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return staff, err
	}
	return transact(ctx, s, func(ctx context.Context, tx *database.Tx) (shop.Staff, error) {
		return accept(ctx, tx, token, hash)
	})
}

func accept(ctx context.Context, tx *database.Tx, token, hash string) (shop.Staff, error) {
	link, err := tx.LinkByToken(ctx, shop.LinkInvite, token)
	if err != nil {
		return shop.Staff{}, err
	}
	staff, err := tx.LockStaff(ctx, shop.StaffID(link.ThingID))
	if err != nil {
		return staff, err
	}
	if used, err := tx.UseLink(ctx, link.ID); err != nil || !used {
		return staff, orElse(err, shop.NotFound(linkOver))
	}
	entry := details{"by": "link"}
	if staff.State == shop.StaffInvited {
		entry["before"], entry["after"] = string(staff.State), string(shop.StaffActive)
		if err := tx.SetStaffState(ctx, staff.ID, shop.StaffActive); err != nil {
			return staff, err
		}
	} else if staff.State != shop.StaffActive {
		return staff, shop.NotFound(linkOver)
	}
	note(tx, staff.Actor(), "staff.password_set", staff.ID, entry)
	if err := tx.SetStaffPassword(ctx, staff.ID, hash); err != nil {
		return staff, err
	}
	return staff, tx.EndSessions(ctx, staff.ID, 0)
}

// orElse is err, or the other where there is none.
func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
