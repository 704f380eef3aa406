package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"longrun/internal/database"
	"longrun/internal/shop"
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

const wrongCode = "This code is not right, or it was used already."

// stepAt says for which 30 seconds around a time a code is right. Clocks may
// differ by one step.
func stepAt(secret []byte, code string, now time.Time) (int64, bool) {
	text := base32Plain.EncodeToString(secret)
	for _, by := range []int64{0, -1, 1} {
		n := step(now) + by
		want, err := totp.GenerateCodeCustom(text, time.Unix(n*30, 0), totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return n, true
		}
	}
	return 0, false
}

// useCode uses a code of somebody's authenticator, or a recovery code, and
// says which it was.
func useCode(ctx context.Context, tx *database.Tx, staff shop.Staff, typed string, now time.Time) (string, error) {
	code := flatCode(typed)
	if len(code) == recoveryLength {
		used, err := tx.UseRecoveryCode(ctx, staff.ID, recoveryDigest(code))
		if err != nil || !used {
			return "", orElse(err, refuse("code", wrongCode))
		}
		return "recovery", nil
	}
	secret, err := tx.StaffSecret(staff)
	if err != nil {
		return "", err
	}
	n, ok := stepAt(secret, code, now)
	if !ok {
		return "", refuse("code", wrongCode)
	}
	used, err := tx.UseStep(ctx, staff.ID, n)
	if err != nil || !used {
		return "", orElse(err, refuse("code", wrongCode))
	}
	return "authenticator", nil
}

// flatCode is a code without what people put between its letters.
func flatCode(typed string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "\t", "").Replace(typed))
}

// Recovery codes: ten, of 80 random bits each.
const (
	recoveryCodes  = 10
	recoveryLength = 16
)

// newRecoveryCodes makes codes as they are shown, and their digests.
func newRecoveryCodes() (shown []string, digests [][]byte) {
	for range recoveryCodes {
		b := make([]byte, 10)
		_, _ = rand.Read(b)
		code := strings.ToLower(base32Plain.EncodeToString(b))
		shown = append(shown, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		digests = append(digests, recoveryDigest(code))
	}
	return shown, digests
}

func recoveryDigest(code string) []byte {
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}

// Candidate is the second step that a session is offered.
type Candidate struct {
	Secret string // to type, in groups of four
	key    *otp.Key
}

// Candidate is what an authenticator is to be told: the same for the whole
// session, and nothing until SetUp.
func (s *Service) Candidate(in database.SignedIn) (Candidate, error) {
	secret := s.db.StaffCandidate(in.Session)
	key, err := totp.Generate(totp.GenerateOpts{Issuer: s.o.Issuer, AccountName: in.Staff.Email, Secret: secret})
	if err != nil {
		return Candidate{}, err
	}
	text := strings.ToLower(base32Plain.EncodeToString(secret))
	var groups []string
	for len(text) > 0 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return Candidate{Secret: strings.Join(groups, " "), key: key}, nil
}

// SetUp takes the offered second step into use once a code shows that the
// authenticator has it. All other sessions end and this one gets a new token.
// It returns the recovery codes, which nobody is shown again.
func (s *Service) SetUp(ctx context.Context, in database.SignedIn, typed string) (Entry, []string, error) {
	secret := s.db.StaffCandidate(in.Session)
	if err := s.try(ctx, codeTries(in.Staff)); err != nil {
		return Entry{}, nil, err
	}
	n, ok := stepAt(secret, flatCode(typed), time.Now())
	if !ok {
		return Entry{}, nil, refuse("code", wrongCode)
	}
	shown, digests := newRecoveryCodes()
	entry, err := s.renew(ctx, in, func(ctx context.Context, tx *database.Tx) error {
		if err := tx.SetStaffSecret(ctx, in.Staff.ID, secret); err != nil {
			return err
		}
		if used, err := tx.UseStep(ctx, in.Staff.ID, n); err != nil || !used {
			return orElse(err, refuse("code", wrongCode))
		}
		if err := codeTries(in.Staff).succeed(ctx, tx); err != nil {
			return err
		}
		note(tx, in.Staff.Actor(), "staff.second_step_set", in.Staff.ID, details{})
		return tx.SetRecoveryCodes(ctx, in.Staff.ID, digests)
	})
	return entry, shown, err
}

// NewRecoveryCodes replaces one's recovery codes and returns the new ones.
func (s *Service) NewRecoveryCodes(ctx context.Context, in database.SignedIn) ([]string, error) {
	shown, digests := newRecoveryCodes()
	return shown, s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		staff, err := tx.LockStaff(ctx, in.Staff.ID)
		if err != nil {
			return err
		}
		if !staff.HasSecondStep() {
			return shop.Conflict("Set up the second step first.")
		}
		note(tx, staff.Actor(), "staff.recovery_codes_made", staff.ID, details{})
		return tx.SetRecoveryCodes(ctx, staff.ID, digests)
	})
}

// RemoveSecondStep takes one's own second step away. All other sessions end
// and this one gets a new token.
func (s *Service) RemoveSecondStep(ctx context.Context, in database.SignedIn) (Entry, error) {
	return s.renew(ctx, in, func(ctx context.Context, tx *database.Tx) error {
		note(tx, in.Staff.Actor(), "staff.second_step_removed", in.Staff.ID, details{})
		return tx.SetStaffSecret(ctx, in.Staff.ID, nil)
	})
}
