package shop

import (
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Ids of what belongs to the people of the shop.
type (
	StaffID        int64
	StaffSessionID int64
)

// Staff is one of the shop's people, who sign in at /staff.
type Staff struct {
	ID           StaffID
	Email        string // in small letters, unique
	Name         string
	Role         StaffRole
	State        StaffState
	PasswordHash string // argon2id in its usual form; "" before the invitation is accepted
	SealedSecret []byte // of the second step, encrypted under the secret key; empty without one
	LastStep     int64  // the newest 30-second step whose code was used; older ones are refused
	CreatedAt    Instant
}

// StaffState is whether somebody may come in.
type StaffState string

// The states of staff. An invited person has no password yet.
const (
	StaffInvited  StaffState = "invited"
	StaffActive   StaffState = "active"
	StaffDisabled StaffState = "disabled"
)

// StaffMoves are the states that may follow each other. Who comes back after
// having been disabled keeps the password, if there was one.
var StaffMoves = Moves[StaffState]{
	"":            {StaffInvited, StaffActive},
	StaffInvited:  {StaffActive, StaffDisabled},
	StaffActive:   {StaffDisabled},
	StaffDisabled: {StaffActive, StaffInvited},
}

// HasSecondStep says whether signing in also takes a code.
func (s *Staff) HasSecondStep() bool { return len(s.SealedSecret) > 0 }

// Actor is how the audit log names this person.
func (s *Staff) Actor() string { return StaffActor(s.ID) }

// StaffActor is how the audit log names staff.
func StaffActor(id StaffID) string { return fmt.Sprintf("staff:%d", id) }

// CleanStaffEmail is an address as it is stored and compared: trimmed, in
// small letters. An address that no mail can reach is KindInvalid.
func CleanStaffEmail(typed string) (string, error) {
	email := strings.ToLower(strings.TrimSpace(typed))
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || parsed.Name != "" || len(email) > 254 || strings.ContainsFunc(email, unicode.IsControl) {
		return "", fieldError("email", "This is not an e-mail address.")
	}
	return email, nil
}

// CleanStaffName is a name of 1 to 80 letters on one line.
func CleanStaffName(typed string) (string, error) {
	name := strings.Join(strings.Fields(typed), " ")
	if name == "" || utf8.RuneCountInString(name) > 80 || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fieldError("name", "A name has 1 to 80 letters.")
	}
	return name, nil
}

func fieldError(field, message string) *Error {
	e := Invalid("%s", message)
	e.Fields = map[string]string{field: message}
	return e
}

// The limits of staff sessions and links.
const (
	StaffIdle         = 30 * time.Minute // without a page, a session is over
	StaffSessionLife  = 12 * time.Hour   // and in any case after this
	StaffCodeTime     = 10 * time.Minute // between the password and the code
	StaffConfirmed    = 10 * time.Minute // how long the password is not asked again
	StaffTouchEvery   = 5 * time.Minute  // how exactly a session knows when it was used
	StaffInviteLife   = 72 * time.Hour
	StaffKnownNetwork = 90 * 24 * time.Hour // how long a place of sign-in is remembered
)

// StaffSession is one browser in which somebody has signed in.
type StaffSession struct {
	ID          StaffSessionID
	StaffID     StaffID
	Digest      []byte // SHA-256 of the token in the cookie
	Stage       SessionStage
	Network     string // of the address, as the person is shown it
	Agent       string // what the browser calls itself
	CreatedAt   Instant
	SeenAt      Instant // at most StaffTouchEvery old
	ConfirmedAt Instant // when the password was last given
}

// SessionStage is how far a sign-in has come.
type SessionStage string

// The stages of a session. One that waits for its code opens nothing else.
const (
	SessionCode SessionStage = "code"
	SessionFull SessionStage = "full"
)

// Alive says whether the session is still good.
func (s *StaffSession) Alive(now Instant) bool {
	if s.Stage == SessionCode {
		return now.Before(s.CreatedAt.Add(StaffCodeTime))
	}
	return now.Before(s.SeenAt.Add(StaffIdle)) && now.Before(s.CreatedAt.Add(StaffSessionLife))
}

// Confirmed says whether the password was given so lately that it need not
// be asked again.
func (s *StaffSession) Confirmed(now Instant) bool {
	return now.Before(s.ConfirmedAt.Add(StaffConfirmed))
}

// StaffRecoveryCode lets its owner in once without the second step's device.
type StaffRecoveryCode struct {
	ID      int64
	StaffID StaffID
	Digest  []byte // SHA-256 of the code
	UsedAt  *Instant
}

// LinkInvite lets its holder choose a password, once: an invitation, or a
// reset.
const LinkInvite LinkPurpose = "staff_invite"

// MailStaffInvitation carries a LinkInvite. ThingID: staff.
const MailStaffInvitation MailKind = "staff_invitation"
