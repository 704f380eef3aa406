package access_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/access"
	"longrun/internal/shop"
)

func TestSigningInWantsAddressAndPassword(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		tests := []struct{ name, email, password string }{
			{"a wrong password", "ada@shop.example", "seven quiet hills at dusk"},
			{"no password", "ada@shop.example", ""},
			{"an unknown address", "eve@shop.example", password},
			{"no address", "", password},
			{"a password with more behind it", "ada@shop.example", password + strings.Repeat("x", 5000)},
		}
		var says []string
		for i, tt := range tests {
			_, err := o.SignIn(t.Context(), tt.email, tt.password, access.Visitor{Network: fmt.Sprint("192.0.2.", i)})
			kind(t, tt.name, err, shop.KindInvalid)
			says = append(says, err.Error())
		}
		if len(slices.Compact(says)) != 1 {
			t.Errorf("the answers differ: %q", says)
		}
		one, two := o.enter(" ADA@shop.example "), o.enter("ada@shop.example")
		if one.Token == two.Token || len(one.Token) < 26 || one.NeedsCode {
			t.Errorf("%+v and %+v", one, two)
		}
		if _, err := o.db.SessionByToken(t.Context(), ""); !shop.IsNotFound(err) {
			t.Errorf("no token at all: %v", err)
		}
	})
}

// TestAnUnknownAddressTakesAsLong compares the least of tries that take turns,
// which other work on the processor disturbs least; the two differ by a query
// more or less, which is far below what a hash takes.
func TestAnUnknownAddressTakesAsLong(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		least := map[string]time.Duration{}
		for i := range 15 {
			for _, email := range []string{"ada@shop.example", "eve@shop.example"} {
				began := time.Now()
				_, err := o.SignIn(t.Context(), email, "not the password", access.Visitor{Network: fmt.Sprint(email, i)})
				took := time.Since(began)
				if shop.KindOf(err) != shop.KindInvalid {
					continue // limited from here on
				}
				if least[email] == 0 || took < least[email] {
					least[email] = took
				}
			}
		}
		known, unknown := least["ada@shop.example"], least["eve@shop.example"]
		t.Logf("known %v, unknown %v", known, unknown)
		if unknown < known/2 || known < unknown/2 {
			t.Errorf("known %v, unknown %v", known, unknown)
		}
	})
}

func TestSessionsEndByTheirLimits(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		idle := o.enter("ada@shop.example").Token
		advance(t, o.db, 29*time.Minute)
		if !o.alive(idle) {
			t.Error("over after 29 minutes")
		}
		advance(t, o.db, 2*time.Minute)
		if o.alive(idle) {
			t.Error("not over after 31 minutes")
		}
		busy := o.enter("ada@shop.example").Token
		for range 35 { // a page every 20 minutes for 11 h 40 min
			advance(t, o.db, 20*time.Minute)
			if err := o.db.Sessions().Touch(t.Context(), o.in(busy)); err != nil {
				t.Fatal(err)
			}
		}
		advance(t, o.db, 21*time.Minute)
		if o.alive(busy) {
			t.Error("not over after twelve hours")
		}
	})
}

func TestATouchIsWrittenAtMostEveryFiveMinutes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		token := o.enter("ada@shop.example").Token
		began := o.in(token).Session.SeenAt
		touched := func(after time.Duration) bool {
			advance(t, o.db, after)
			if err := o.db.Sessions().Touch(t.Context(), o.in(token)); err != nil {
				t.Fatal(err)
			}
			return began.Before(o.in(token).Session.SeenAt)
		}
		if touched(4 * time.Minute) {
			t.Error("written after four minutes")
		}
		if !touched(2 * time.Minute) {
			t.Error("not written after six")
		}
	})
}

func TestGuessingSlowsDownAndLocksNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("ada@shop.example", shop.RoleOwner)
		o.enter("ada@shop.example") // from home, which is known from now on
		guess := func(n int) error {
			_, err := o.SignIn(ctx, "ada@shop.example", "a guess that is wrong", access.Visitor{Network: fmt.Sprint("198.51.100.", n)})
			return err
		}
		for range shop.LimitPair.Free {
			kind(t, "a first guess", guess(0), shop.KindInvalid)
		}
		kind(t, "one of the next from there", untilLimited(func() error { return guess(0) }), shop.KindTooMany)
		kind(t, "one from elsewhere", guess(1), shop.KindInvalid)

		var all sync.WaitGroup // many places at once
		for n := range 40 {
			all.Go(func() { _ = guess(2 + n) })
		}
		all.Wait()
		place := 100
		fromNewPlaces := func() error { place++; return guess(place) }
		kind(t, "one of the next from new places", untilLimited(fromNewPlaces), shop.KindTooMany)
		o.enter("ada@shop.example") // its owner still comes in
		_, err := o.SignIn(ctx, "ada@shop.example", password, access.Visitor{Network: "203.0.113.1"})
		if err != nil { // at once or after a short wait, wherever the owner is
			kind(t, "the owner from a new place", err, shop.KindTooMany)
			advance(t, o.db, shop.LimitAccount.Longest+time.Second)
			_, err = o.SignIn(ctx, "ada@shop.example", password, access.Visitor{Network: "203.0.113.1"})
		}
		if err != nil {
			t.Errorf("the owner is locked out: %v", err)
		}
	})
}

// untilLimited tries up to five times: a slow machine may wait a second or
// two off by itself, and each failure doubles what the next has to wait.
func untilLimited(try func() error) (err error) {
	for range 5 {
		if err = try(); shop.KindOf(err) == shop.KindTooMany {
			break
		}
	}
	return err
}

func TestGuessesAtOnceAreAllCounted(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		var all sync.WaitGroup
		var mu sync.Mutex
		heard := map[shop.Kind]int{}
		for range 25 {
			all.Go(func() {
				_, err := o.SignIn(t.Context(), "ada@shop.example", "a guess that is wrong", access.Visitor{Network: "198.51.100.9"})
				mu.Lock()
				defer mu.Unlock()
				heard[shop.KindOf(err)]++
			})
		}
		all.Wait()
		// A wait of a second or two may pass meanwhile and let one or two more by.
		if n := heard[shop.KindInvalid]; n < int(shop.LimitPair.Free) || n > int(shop.LimitPair.Free)+5 || heard[shop.KindTooMany] == 0 {
			t.Errorf("of 25 guesses at once %d were heard and %d refused", n, heard[shop.KindTooMany])
		}
	})
}

func TestThePasswordIsAskedAgainAfterTenMinutes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("ada@shop.example", shop.RoleOwner)
		token := o.enter("ada@shop.example").Token
		confirmed := func() bool { in := o.in(token); return in.Session.Confirmed(in.Now) }
		if !confirmed() {
			t.Error("asked right after signing in")
		}
		advance(t, o.db, 11*time.Minute)
		if confirmed() {
			t.Error("not asked after eleven minutes")
		}
		kind(t, "a wrong one", o.Confirm(ctx, o.in(token), "not the password", home), shop.KindInvalid)
		if confirmed() {
			t.Error("a wrong password was taken")
		}
		if err := o.Confirm(ctx, o.in(token), password, home); err != nil || !confirmed() {
			t.Errorf("the right one was not taken: %v", err)
		}
	})
}

func TestOneEndsOnesOwnSessionsOnly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("ada@shop.example", shop.RoleOwner)
		o.hire("eve@shop.example", shop.RoleOwner)
		a, b, c, eve := o.enter("ada@shop.example").Token, o.enter("ada@shop.example").Token, o.enter("ada@shop.example").Token, o.enter("eve@shop.example").Token
		if err := o.EndSession(ctx, o.in(eve), o.in(a).Session.ID); err != nil || !o.alive(a) {
			t.Errorf("somebody else's session was ended: %v", err)
		}
		if err := o.EndSession(ctx, o.in(a), o.in(b).Session.ID); err != nil || o.alive(b) || !o.alive(c) {
			t.Errorf("one session: %v", err)
		}
		if err := o.EndSession(ctx, o.in(a), 0); err != nil || o.alive(c) || !o.alive(a) || !o.alive(eve) {
			t.Errorf("all others: %v", err)
		}
	})
}

func TestChangingOnesPasswordWantsTheOldOne(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("ada@shop.example", shop.RoleOwner)
		here, there := o.enter("ada@shop.example").Token, o.enter("ada@shop.example").Token
		const next = "eleven cold lakes in june"
		_, err := o.ChangePassword(ctx, o.in(here), "not the password", next, home)
		kind(t, "a wrong old one", err, shop.KindInvalid)
		_, err = o.ChangePassword(ctx, o.in(here), password, "password123456", home)
		kind(t, "a common new one", err, shop.KindInvalid)
		stale := o.in(here)
		entry, err := o.ChangePassword(ctx, stale, password, next, home)
		if err != nil || o.alive(here) || o.alive(there) || !o.alive(entry.Token) {
			t.Errorf("after the change: %v, old sessions %v %v", err, o.alive(here), o.alive(there))
		}
		_, err = o.RemoveSecondStep(ctx, stale)
		kind(t, "a session that has ended", err, shop.KindNotFound)
		if _, err := o.SignIn(ctx, "ada@shop.example", next, home); err != nil {
			t.Error(err)
		}
	})
}
