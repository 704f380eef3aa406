package access_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/access"
	"longrun/internal/database"
	"longrun/internal/shop"
)

func TestAnInvitationIsGoodOnceAndForThreeDays(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		invited, err := o.Invite(ctx, shop.ByCommand, access.Invitation{Email: " Ada@Shop.example ", Name: "Ada  Moss", Role: "owner"})
		if err != nil || invited.Staff.Email != "ada@shop.example" || invited.Staff.Name != "Ada Moss" {
			t.Fatalf("%+v, %v", invited, err)
		}
		if _, err := o.SignIn(ctx, "ada@shop.example", "", home); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("an invited person came in without a password: %v", err)
		}
		_, err = o.Accept(ctx, invited.Token, "short")
		kind(t, "a short password", err, shop.KindInvalid)
		newer, err := o.Reset(ctx, shop.ByCommand, invited.Staff.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Accept(ctx, invited.Token, password)
		kind(t, "the older of two links", err, shop.KindNotFound)
		if _, err := o.Accept(ctx, newer.Token, password); err != nil {
			t.Fatal(err)
		}
		_, err = o.Accept(ctx, newer.Token, password)
		kind(t, "a link used twice", err, shop.KindNotFound)
		late, err := o.Reset(ctx, shop.ByCommand, invited.Staff.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		advance(t, o.db, 73*time.Hour)
		_, err = o.Accept(ctx, late.Token, password)
		kind(t, "a link after three days", err, shop.KindNotFound)
		_, err = o.Accept(ctx, "", password)
		kind(t, "no link", err, shop.KindNotFound)
	})
}

func TestAnInvitationThatMakesNoSenseIsRefusedByField(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		_, err := o.Invite(t.Context(), shop.ByCommand, access.Invitation{Email: "a@b>, c@d", Name: "\x01", Role: "god"})
		var e *shop.Error
		if !errors.As(err, &e) || e.Fields["email"] == "" || e.Fields["name"] == "" || e.Fields["role"] == "" {
			t.Errorf("%v does not name the three fields", err)
		}
		_, err = o.Invite(t.Context(), shop.ByCommand, access.Invitation{Email: "ADA@shop.example", Name: "Other", Role: "editor"})
		kind(t, "a known address", err, shop.KindConflict)
	})
}

func TestDisablingRoleAndPasswordEndAllSessionsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.hire("boss@shop.example", shop.RoleOwner)
		ada := o.hire("ada@shop.example", shop.RoleManager)
		changes := map[string]func() error{
			"the same role": func() error { return o.SetRole(ctx, shop.ByCommand, ada.ID, "manager") },
			"a role":        func() error { return o.SetRole(ctx, shop.ByCommand, ada.ID, "support") },
			"a password by link": func() error {
				link, err := o.Reset(ctx, shop.ByCommand, ada.ID, false)
				if err != nil {
					return err
				}
				_, err = o.Accept(ctx, link.Token, password)
				return err
			},
			"disabling": func() error { return o.Disable(ctx, shop.ByCommand, ada.ID) },
		}
		for _, name := range []string{"the same role", "a role", "a password by link", "disabling"} {
			first, second := o.enter(ada.Email), o.enter(ada.Email)
			if err := changes[name](); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			want := name == "the same role"
			if o.alive(first.Token) != want || o.alive(second.Token) != want {
				t.Errorf("after %s the sessions live: %v and %v, want %v", name, o.alive(first.Token), o.alive(second.Token), want)
			}
		}
		_, err := o.SignIn(ctx, ada.Email, password, home)
		kind(t, "signing in when disabled", err, shop.KindInvalid)
		_, err = o.Reset(ctx, shop.ByCommand, ada.ID, false)
		kind(t, "a link for who is disabled", err, shop.KindConflict)
		if err := o.Enable(ctx, shop.ByCommand, ada.ID); err != nil {
			t.Fatal(err)
		}
		o.enter(ada.Email)
	})
}

func TestTheLastOwnerCannotGo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		one := o.hire("one@shop.example", shop.RoleOwner)
		if _, err := o.Invite(ctx, shop.ByCommand, access.Invitation{Email: "invited@shop.example", Name: "Not yet", Role: "owner"}); err != nil {
			t.Fatal(err)
		}
		kind(t, "disabling the only owner", o.Disable(ctx, one.Actor(), one.ID), shop.KindConflict)
		kind(t, "another role for the only owner", o.SetRole(ctx, one.Actor(), one.ID, "manager"), shop.KindConflict)
		two := o.hire("two@shop.example", shop.RoleOwner)

		for range 12 {
			o.takeEachOtherAway(one, two)
		}
	})
}

// takeEachOtherAway has each of two owners disable the other at the same time,
// and lets the one who went in again.
func (o *office) takeEachOtherAway(one, two shop.Staff) {
	o.t.Helper()
	ctx := o.t.Context()
	var both sync.WaitGroup
	errs := make([]error, 2)
	for i, pair := range [][2]shop.Staff{{one, two}, {two, one}} {
		both.Go(func() { errs[i] = o.Disable(ctx, pair[0].Actor(), pair[1].ID) })
	}
	both.Wait()
	one, two = o.read(one.ID), o.read(two.ID)
	if (errs[0] == nil) == (errs[1] == nil) || (one.State == shop.StaffActive) == (two.State == shop.StaffActive) {
		o.t.Errorf("they took each other away: %v, %v; the owners are %s and %s", errs[0], errs[1], one.State, two.State)
	}
	for _, id := range []shop.StaffID{one.ID, two.ID} {
		if err := o.Enable(ctx, shop.ByCommand, id); err != nil {
			o.t.Fatal(err)
		}
	}
}

func TestALinkUsedByManyAtOnceSetsOnePassword(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		invited, err := o.Invite(t.Context(), shop.ByCommand, access.Invitation{Email: "ada@shop.example", Name: "Ada", Role: "owner"})
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		var set atomic.Int64
		for range 6 {
			all.Go(func() {
				if _, err := o.Accept(context.Background(), invited.Token, password); err == nil {
					set.Add(1)
				}
			})
		}
		all.Wait()
		if set.Load() != 1 {
			t.Errorf("one link set %d passwords", set.Load())
		}
	})
}

func TestEveryChangeIsInTheAuditLog(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		boss := o.hire("boss@shop.example", shop.RoleOwner)
		ada := o.hire("ada@shop.example", shop.RoleEditor)
		o.enter(ada.Email)
		for _, err := range []error{
			o.SetRole(ctx, boss.Actor(), ada.ID, "support"), o.Disable(ctx, boss.Actor(), ada.ID), o.Enable(ctx, boss.Actor(), ada.ID),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		lines, err := o.db.Audit(ctx, database.AuditSearch{ThingKind: "staff", ThingID: "2", Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range lines {
			got = append([]string{l.Who + " " + l.Action}, got...)
		}
		want := []string{"command staff.invited", "staff:2 staff.password_set", "staff:2 staff.signed_in",
			"staff:1 staff.role_changed", "staff:1 staff.disabled", "staff:1 staff.enabled"}
		if len(got) != len(want) {
			t.Fatalf("%q, want %q", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("entry %d is %q, want %q", i, got[i], want[i])
			}
		}
		if flaws, err := o.db.CheckAudit(ctx); err != nil || len(flaws) > 0 {
			t.Errorf("%v %v", flaws, err)
		}
	})
}

func TestASessionOfSomebodyNotActiveOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.hire("boss@shop.example", shop.RoleOwner)
		eve := o.hire("eve@shop.example", shop.RoleOwner)
		if err := o.Disable(t.Context(), shop.ByCommand, eve.ID); err != nil {
			t.Fatal(err)
		}
		const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		err := o.db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.AddSession(ctx, &shop.StaffSession{StaffID: eve.ID, Stage: shop.SessionFull}, token)
		})
		if err != nil || o.alive(token) {
			t.Errorf("a session that began while disabling lives: %v", err)
		}
	})
}
