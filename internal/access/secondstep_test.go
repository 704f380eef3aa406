package access_test

import (
	"bytes"
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/access"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// secure gives somebody a second step, set up with the code of the step
// before now, and returns its secret and the recovery codes.
func (o *office) secure(email string) (secret string, codes []string) {
	o.t.Helper()
	in := o.in(o.enter(email).Token)
	candidate, err := o.Candidate(in)
	if err != nil {
		o.t.Fatal(err)
	}
	entry, codes, err := o.SetUp(o.t.Context(), in, code(o.t, candidate.Secret, -1))
	if err != nil || !o.alive(entry.Token) || o.alive(string(in.Session.Digest)) {
		o.t.Fatalf("setting up the second step: %v", err)
	}
	return candidate.Secret, codes
}

func TestTheSecondStepIsAskedAndItsCodesAreGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("ada@shop.example", shop.RoleOwner)
		other := o.enter("ada@shop.example").Token
		secret, _ := o.secure("ada@shop.example")
		if o.alive(other) {
			t.Error("a session from before the second step lives on")
		}
		entry := o.enter("ada@shop.example")
		if !entry.NeedsCode || o.in(entry.Token).Session.Stage != shop.SessionCode {
			t.Fatalf("no code is asked: %+v", entry)
		}
		half := o.in(entry.Token)
		for name, wrong := range map[string]string{
			"no code": "", "a wrong code": "000000", "the code that set it up": code(t, secret, -1), "a code of tomorrow": code(t, secret, 2880),
		} {
			_, err := o.EnterCode(ctx, half, wrong, home)
			kind(t, name, err, shop.KindInvalid)
		}
		now := code(t, secret, 0)
		full, err := o.EnterCode(ctx, half, now[:3]+" "+now[3:], home)
		if err != nil || full.Token == entry.Token || o.alive(entry.Token) || o.in(full.Token).Session.Stage != shop.SessionFull {
			t.Fatalf("%+v %v", full, err)
		}
		again := o.in(o.enter("ada@shop.example").Token)
		_, err = o.EnterCode(ctx, again, now, home)
		kind(t, "the same code a second time", err, shop.KindInvalid)
		if _, err = o.EnterCode(ctx, again, code(t, secret, 1), home); err != nil {
			t.Error(err)
		}
	})
}

func TestOneCodeLetsOneInWhenManyTryAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		secret, _ := o.secure("ada@shop.example")
		var halves []database.SignedIn
		for range 5 {
			halves = append(halves, o.in(o.enter("ada@shop.example").Token))
		}
		now, let := code(t, secret, 0), atomic.Int64{}
		var all sync.WaitGroup
		for _, half := range halves {
			all.Go(func() {
				if _, err := o.EnterCode(context.Background(), half, now, home); err == nil {
					let.Add(1)
				}
			})
		}
		all.Wait()
		if let.Load() != 1 {
			t.Errorf("one code let %d in", let.Load())
		}
	})
}

func TestARecoveryCodeIsGoodOnceAndKeptAsADigest(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		ada := o.hire("ada@shop.example", shop.RoleOwner)
		_, codes := o.secure("ada@shop.example")
		if len(codes) != 10 {
			t.Fatalf("%d codes", len(codes))
		}
		use := func(c string) error {
			_, err := o.EnterCode(ctx, o.in(o.enter("ada@shop.example").Token), c, home)
			return err
		}
		if err := use(codes[3]); err != nil {
			t.Fatal(err)
		}
		kind(t, "the same once more", use(codes[3]), shop.KindInvalid)
		if n, err := o.db.RecoveryCodesLeft(ctx, ada.ID); n != 9 || err != nil {
			t.Errorf("%d are left, %v", n, err)
		}
		in := o.in(func() string {
			entry, err := o.EnterCode(ctx, o.in(o.enter("ada@shop.example").Token), codes[4], home)
			if err != nil {
				t.Fatal(err)
			}
			return entry.Token
		}())
		if _, err := o.NewRecoveryCodes(ctx, in); err != nil {
			t.Fatal(err)
		}
		kind(t, "an old one after new ones were made", use(codes[5]), shop.KindInvalid)
	})
}

func TestTheSecretIsNotReadableInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ada := o.hire("ada@shop.example", shop.RoleOwner)
		eve := o.hire("eve@shop.example", shop.RoleOwner)
		o.secure("ada@shop.example")
		ada = o.read(ada.ID)
		secret, err := o.db.StaffSecret(ada)
		if err != nil || len(secret) != 20 || bytes.Contains(ada.SealedSecret, secret) {
			t.Errorf("sealed %x, secret %x, %v", ada.SealedSecret, secret, err)
		}
		eve.SealedSecret = ada.SealedSecret
		if _, err := o.db.StaffSecret(eve); err == nil {
			t.Error("somebody else's row opens it")
		}
	})
}

func TestALinkNeverGoesPastTheSecondStep(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		ada := o.hire("ada@shop.example", shop.RoleOwner)
		o.secure("ada@shop.example")
		link, err := o.Reset(ctx, shop.ByCommand, ada.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Accept(ctx, link.Token, password); err != nil {
			t.Fatal(err)
		}
		if !o.enter(ada.Email).NeedsCode {
			t.Error("a reset has removed the second step")
		}
		if _, err := o.Reset(ctx, shop.ByCommand, ada.ID, true); err != nil {
			t.Fatal(err)
		}
		if o.enter(ada.Email).NeedsCode {
			t.Error("it was to be removed")
		}
	})
}

func TestACodeIsAskedForTenMinutesAndGuessedSlowly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("ada@shop.example", shop.RoleOwner)
		o.secure("ada@shop.example")
		half := o.in(o.enter("ada@shop.example").Token)
		guess := func() error {
			_, err := o.EnterCode(ctx, half, "000000", access.Visitor{Network: "192.0.2.99"})
			return err
		}
		for range shop.LimitCode.Free {
			kind(t, "a first guess", guess(), shop.KindInvalid)
		}
		kind(t, "one of the next guesses", untilLimited(guess), shop.KindTooMany)
		advance(t, o.db, 11*time.Minute)
		if _, err := o.db.SessionByToken(ctx, o.enter("ada@shop.example").Token); err != nil {
			t.Error(err)
		}
		if half.Session.Alive(shop.At(half.Now.Add(11 * time.Minute).Time)) {
			t.Error("a half session lives on after eleven minutes")
		}
	})
}
