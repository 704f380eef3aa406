package access_test

import (
	"context"
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"longrun/internal/access"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

const password = "seven quiet hills at dawn"

var home = access.Visitor{Network: "192.0.2.7", Agent: "Test"}

// office is a service with its database.
type office struct {
	t *testing.T
	*access.Service
	db *database.DB
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		test(t, &office{t, access.New(db, access.Options{}), db})
	})
}

// hire takes somebody in who has chosen the password.
func (o *office) hire(email string, role shop.StaffRole) shop.Staff {
	o.t.Helper()
	ctx := o.t.Context()
	invited, err := o.Invite(ctx, shop.ByCommand, access.Invitation{Email: email, Name: "Ada Moss", Role: string(role)})
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := o.Accept(ctx, invited.Token, password); err != nil {
		o.t.Fatal(err)
	}
	return o.read(invited.Staff.ID)
}

func (o *office) read(id shop.StaffID) shop.Staff {
	o.t.Helper()
	staff, err := o.db.StaffByID(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return staff
}

// enter signs in as far as the password leads.
func (o *office) enter(email string) access.Entry {
	o.t.Helper()
	entry, err := o.SignIn(o.t.Context(), email, password, home)
	if err != nil {
		o.t.Fatal(err)
	}
	return entry
}

// in is the living session of a token.
func (o *office) in(token string) database.SignedIn {
	o.t.Helper()
	in, err := o.db.SessionByToken(o.t.Context(), token)
	if err != nil {
		o.t.Fatal(err)
	}
	return in
}

func (o *office) alive(token string) bool {
	_, err := o.db.SessionByToken(o.t.Context(), token)
	return err == nil
}

// code is what an authenticator that was told a secret shows some steps from
// now.
func code(t *testing.T, secret string, steps int) string {
	t.Helper()
	plain := strings.ToUpper(strings.ReplaceAll(secret, " ", ""))
	if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(plain); err != nil {
		t.Fatal(err)
	}
	text, err := totp.GenerateCode(plain, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// advance moves the shop's clock.
func advance(t *testing.T, db *database.DB, by time.Duration) {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		offset, err := tx.ClockOffset(ctx)
		if err != nil {
			return err
		}
		return tx.SetClockOffset(ctx, (offset + by).Microseconds())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// kind fails the test unless an error is of a kind.
func kind(t *testing.T, what string, err error, want shop.Kind) {
	t.Helper()
	if err == nil || shop.KindOf(err) != want {
		t.Errorf("%s: %v, want kind %d", what, err, want)
	}
}
