package waiting_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/waiting"
)

func TestNobodyIsInTheLineWithoutASayingYes(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		w := l.ask("Ada@Runner.example")
		if got := l.mails(shop.MailWaitConfirm); len(got) != 1 || got[0].Recipient != "Ada@Runner.example" {
			t.Errorf("the mails that ask are %+v", got)
		}
		other := l.join(1)[0]
		l.comes(3)
		l.tell()
		if got := l.told(); l.state(w.ID) != shop.WaitAsked || len(got) != 1 || got[0] != other {
			t.Errorf("told without a yes: %s, %v", l.state(w.ID), got)
		}
		for range 2 {
			if err := l.lines.Join(t.Context(), w.ID); err != nil {
				t.Fatal(err)
			}
		}
		l.tell()
		if l.state(w.ID) != shop.WaitTold {
			t.Errorf("after the yes: %s", l.state(w.ID))
		}
		l.clean()
	})
}

func TestTheSameAddressIsInTheLineOnce(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		first := l.ask("ada@runner.example")
		if again := l.ask(" ADA@runner.example"); again.ID != first.ID || len(l.mails(shop.MailWaitConfirm)) != 2 {
			t.Errorf("asked again it is wait %d after %d, with %d mails", again.ID, first.ID, len(l.mails(shop.MailWaitConfirm)))
		}
		if err := l.lines.Join(t.Context(), first.ID); err != nil {
			t.Fatal(err)
		}
		if l.ask("ada@runner.example"); len(l.mails(shop.MailWaitConfirm)) != 2 {
			t.Error("who is in the line was asked once more")
		}
	})
}

func TestAMailboxIsAskedFiveTimesADayAtMost(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		for i := range 9 {
			l.size = l.Shoe(fmt.Sprintf("Tern %d", i), 14_000, 0)
			l.ask("ada@runner.example")
		}
		if n := len(l.mails(shop.MailWaitConfirm)); n != 5 {
			t.Errorf("%d mails", n)
		}
		l.AdvanceOurs(25 * time.Hour)
		if l.ask("ada@runner.example"); len(l.mails(shop.MailWaitConfirm)) != 6 {
			t.Error("the next day there is none")
		}
	})
}

func TestOneVisitorAsksSoOften(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		for i := range 21 {
			err := l.lines.Ask(t.Context(), waiting.Asked{Variant: l.size.ID, Email: fmt.Sprintf("a%d@runner.example", i), Network: "192.0.2.1"})
			if refused := shop.KindOf(err) == shop.KindTooMany && err != nil; refused != (i == 20) {
				t.Errorf("the %dth time: %v", i+1, err)
			}
		}
	})
}

func TestWhatCannotBeWaitedForIsRefused(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		there, hidden := l.Shoe("Swift", 9_000, 2), l.Shoe("Egret", 9_000, 0)
		l.Exec("UPDATE products SET status = 'draft' WHERE id = (SELECT product_id FROM variants WHERE id = ?)", hidden.ID)
		tests := []struct {
			name    string
			variant shop.VariantID
			email   string
			kind    shop.Kind
		}{
			{"a size that can be bought", there.ID, "ada@runner.example", shop.KindConflict},
			{"a size that is not shown", hidden.ID, "ada@runner.example", shop.KindNotFound},
			{"no size", 9_999_999, "ada@runner.example", shop.KindNotFound},
			{"no address", l.size.ID, " ", shop.KindInvalid},
			{"two addresses", l.size.ID, "a@x.example, b@x.example", shop.KindInvalid},
			{"an address with a header", l.size.ID, "a@x.example\r\nBcc: b@x.example", shop.KindInvalid},
		}
		for _, tt := range tests {
			err := l.lines.Ask(t.Context(), waiting.Asked{Variant: tt.variant, Email: tt.email, Network: tt.name})
			if err == nil || shop.KindOf(err) != tt.kind {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if err := l.lines.Ask(t.Context(), waiting.Asked{Variant: l.size.ID, Email: "ada@runner.example", Trap: "x", Network: "trap"}); err != nil {
			t.Errorf("a robot is told: %v", err)
		}
		if n := l.Count("SELECT count(*) FROM stock_waits"); n != 0 {
			t.Errorf("%d are in the table", n)
		}
	})
}

func TestWhoLeavesIsNotToldAndNotKept(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(2)
		other := l.size
		l.size = l.Shoe("Swift", 9_000, 0)
		also := l.ask("runner1@runner.example").ID
		if err := l.lines.Leave(t.Context(), ids[0], false); err != nil {
			t.Fatal(err)
		}
		if l.state(also) != shop.WaitAsked {
			t.Error("leaving one list left the other")
		}
		if err := l.lines.Leave(t.Context(), also, true); err != nil {
			t.Fatal(err)
		}
		l.size = other
		l.comes(5)
		l.tell()
		if got := l.told(); len(got) != 1 || got[0] != ids[1] {
			t.Errorf("told %v", got)
		}
		if n := l.Count("SELECT count(*) FROM stock_waits WHERE address = 'runner1@runner.example' OR email = 'runner1@runner.example'"); n != 0 {
			t.Errorf("the address is kept %d times", n)
		}
		if err := l.lines.Leave(t.Context(), ids[0], true); err != nil {
			t.Errorf("leaving twice: %v", err)
		}
		l.clean()
	})
}

func TestWhoNeverAskedIsAskedNoMore(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		w := l.ask("eve@runner.example")
		if err := l.lines.Refuse(t.Context(), w.ID); err != nil {
			t.Fatal(err)
		}
		err := l.lines.Ask(t.Context(), waiting.Asked{Variant: l.size.ID, Email: "Eve@runner.example", Network: "x"})
		if err != nil || len(l.mails(shop.MailWaitConfirm)) != 1 || l.state(w.ID) != shop.WaitUnwanted {
			t.Errorf("asked again: %v, %d mails", err, len(l.mails(shop.MailWaitConfirm)))
		}
		l.clean()
	})
}

func TestASizeThatPeopleWaitForCanBeDeleted(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		l.join(2)
		l.Tx(func(ctx context.Context, tx *database.Tx) error {
			ids := []shop.VariantID{l.size.ID}
			if ties, err := tx.VariantTies(ctx, ids); err != nil || len(ties) > 0 {
				t.Errorf("its ties are %v, %v", ties, err)
			}
			return tx.DeleteVariants(ctx, ids)
		})
		if n := l.Count("SELECT count(*) FROM stock_waits"); n != 0 {
			t.Errorf("%d waits are left", n)
		}
		l.tell()
		l.clean()
	})
}
