package access

import (
	"bytes"
	"context"
	"image/png"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// QR is the picture that an authenticator reads, a PNG.
func (c Candidate) QR() ([]byte, error) {
	image, err := c.key.Image(232, 232)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, image)
	return b.Bytes(), err
}

// renew changes one's own sign-in data: the session must still be there, all
// sessions end, and a new one begins in its place.
func (s *Service) renew(ctx context.Context, in database.SignedIn, change func(context.Context, *database.Tx) error) (Entry, error) {
	return transact(ctx, s, func(ctx context.Context, tx *database.Tx) (Entry, error) {
		staff, err := tx.LockStaff(ctx, in.Staff.ID)
		if err != nil {
			return Entry{}, err
		}
		ended, err := tx.EndSession(ctx, staff.ID, in.Session.ID)
		if err != nil || !ended || staff.State != shop.StaffActive {
			return Entry{}, orElse(err, shop.NotFound("You are not signed in any more."))
		}
		if err := change(ctx, tx); err != nil {
			return Entry{}, err
		}
		if err := tx.EndSessions(ctx, staff.ID, 0); err != nil {
			return Entry{}, err
		}
		session := shop.StaffSession{StaffID: staff.ID, Stage: shop.SessionFull, Network: in.Session.Network, Agent: in.Session.Agent,
			ConfirmedAt: in.Session.ConfirmedAt}
		entry := Entry{Token: newToken()}
		return entry, tx.AddSession(ctx, &session, entry.Token)
	})
}

// ChangePassword changes one's own password, given the old one. All sessions
// and links end; this browser gets a new token.
func (s *Service) ChangePassword(ctx context.Context, in database.SignedIn, current, next string, from Visitor) (Entry, error) {
	t := triesOf(in.Staff.Email, from)
	if err := s.checkOwn(ctx, in, current, t); err != nil {
		return Entry{}, err
	}
	if err := s.checkPassword(ctx, next, in.Staff); err != nil {
		return Entry{}, err
	}
	hash, err := s.hash(ctx, next)
	if err != nil {
		return Entry{}, err
	}
	return s.renew(ctx, in, func(ctx context.Context, tx *database.Tx) error {
		if err := t.succeed(ctx, tx); err != nil {
			return err
		}
		if err := tx.EndLinks(ctx, shop.LinkInvite, int64(in.Staff.ID)); err != nil {
			return err
		}
		note(tx, in.Staff.Actor(), "staff.password_set", in.Staff.ID, details{"by": "account"})
		return tx.SetStaffPassword(ctx, in.Staff.ID, hash)
	})
}

// EndSession ends one of one's own sessions, with 0 all but this one.
func (s *Service) EndSession(ctx context.Context, in database.SignedIn, id shop.StaffSessionID) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if id == 0 {
			note(tx, in.Staff.Actor(), "staff.sessions_ended", in.Staff.ID, details{})
			return tx.EndSessions(ctx, in.Staff.ID, in.Session.ID)
		}
		ended, err := tx.EndSession(ctx, in.Staff.ID, id)
		if err == nil && ended {
			note(tx, in.Staff.Actor(), "staff.session_ended", in.Staff.ID, details{})
		}
		return err
	})
}
