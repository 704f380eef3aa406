package access

import (
	"context"
	"strings"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Visitor is where somebody signs in from. Network is what limits count, an
// address or the network of one; Agent what the browser calls itself.
type Visitor struct {
	Network string
	Agent   string
}

// Entry is a session that has begun.
type Entry struct {
	Token     string // for the cookie
	NeedsCode bool   // it opens nothing until EnterCode
}

const wrong = "That address and that password do not belong together."

// SignIn begins a session. A wrong password, an unknown address and somebody
// who is not active get the same KindInvalid after the same work; too many
// failures are KindTooMany and name the wait. The session has a new token
// whatever the browser brought.
func (s *Service) SignIn(ctx context.Context, email, password string, from Visitor) (Entry, error) {
	typed := strings.ToLower(strings.TrimSpace(email))
	tries := triesOf(typed, from)
	if err := s.try(ctx, tries); err != nil {
		return Entry{}, err
	}
	staff, err := s.db.StaffByEmail(ctx, typed)
	if err != nil && !shop.IsNotFound(err) {
		return Entry{}, err
	}
	fits, err := s.fits(ctx, password, staff.PasswordHash)
	if err != nil {
		return Entry{}, err
	}
	if !fits || staff.State != shop.StaffActive {
		return Entry{}, shop.Invalid(wrong)
	}
	return transact(ctx, s, func(ctx context.Context, tx *database.Tx) (Entry, error) {
		return s.begin(ctx, tx, staff, from, tries)
	})
}

// begin begins the session of somebody whose password fitted, unless the
// account has changed meanwhile.
func (s *Service) begin(ctx context.Context, tx *database.Tx, seen shop.Staff, from Visitor, t tries) (Entry, error) {
	staff, err := tx.LockStaff(ctx, seen.ID)
	if err != nil {
		return Entry{}, err
	}
	if staff.State != shop.StaffActive || staff.PasswordHash != seen.PasswordHash {
		return Entry{}, shop.Invalid(wrong)
	}
	entry := Entry{Token: newToken(), NeedsCode: staff.HasSecondStep()}
	session := shop.StaffSession{StaffID: staff.ID, Stage: shop.SessionFull, Network: shop.ShownNetwork(from.Network), Agent: shop.KeptAgent(from.Agent)}
	if entry.NeedsCode {
		session.Stage = shop.SessionCode
		return entry, tx.AddSession(ctx, &session, entry.Token)
	}
	note(tx, staff.Actor(), "staff.signed_in", staff.ID, details{"network": shop.ShownNetwork(from.Network)})
	if err := t.succeed(ctx, tx); err != nil {
		return entry, err
	}
	return entry, tx.AddSession(ctx, &session, entry.Token)
}

// EnterCode is the second step of a session that needs its code: six digits
// of an authenticator, each good once, or a recovery code. The session that
// then begins has a new token. KindInvalid for a wrong code, KindNotFound for
// a session that is over.
func (s *Service) EnterCode(ctx context.Context, half database.SignedIn, typed string, from Visitor) (Entry, error) {
	if half.Session.Stage != shop.SessionCode {
		return Entry{}, shop.NotFound("You are not signing in.")
	}
	t := triesOf(half.Staff.Email, from)
	if err := s.try(ctx, codeTries(half.Staff)); err != nil {
		return Entry{}, err
	}
	return transact(ctx, s, func(ctx context.Context, tx *database.Tx) (Entry, error) {
		staff, err := tx.LockStaff(ctx, half.Staff.ID)
		if err != nil {
			return Entry{}, err
		}
		how, err := useCode(ctx, tx, staff, typed, time.Now())
		if err != nil {
			return Entry{}, err
		}
		if ended, err := tx.EndSession(ctx, staff.ID, half.Session.ID); err != nil || !ended || staff.State != shop.StaffActive {
			return Entry{}, orElse(err, shop.NotFound("You are not signing in."))
		}
		note(tx, staff.Actor(), "staff.signed_in", staff.ID, details{"network": shop.ShownNetwork(from.Network), "code": how})
		if err := t.succeed(ctx, tx); err != nil {
			return Entry{}, err
		}
		if err := codeTries(staff).succeed(ctx, tx); err != nil {
			return Entry{}, err
		}
		session := shop.StaffSession{StaffID: staff.ID, Stage: shop.SessionFull, Network: shop.ShownNetwork(from.Network), Agent: shop.KeptAgent(from.Agent),
			ConfirmedAt: half.Session.ConfirmedAt}
		entry := Entry{Token: newToken()}
		return entry, tx.AddSession(ctx, &session, entry.Token)
	})
}

// Confirm asks for the password again, for what needs it fresh.
func (s *Service) Confirm(ctx context.Context, in database.SignedIn, password string, from Visitor) error {
	t := triesOf(in.Staff.Email, from)
	if err := s.checkOwn(ctx, in, password, t); err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := t.succeed(ctx, tx); err != nil {
			return err
		}
		return tx.ConfirmSession(ctx, in.Session.ID)
	})
}

// checkOwn says whether somebody knows their own password. It is limited as
// signing in is.
func (s *Service) checkOwn(ctx context.Context, in database.SignedIn, password string, t tries) error {
	if err := s.try(ctx, t); err != nil {
		return err
	}
	fits, err := s.fits(ctx, password, in.Staff.PasswordHash)
	if err == nil && !fits {
		err = refuse("current", "This is not your password.")
	}
	return err
}
