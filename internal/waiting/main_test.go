package waiting_test

import (
	"context"
	"fmt"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/internal/waiting"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// line is a shop with one size that is sold out, and people who ask for it.
type line struct {
	*checkouttest.World
	lines *waiting.Service
	t     *testing.T
	size  shop.Variant
}

func each(t *testing.T, test func(t *testing.T, l *line)) {
	t.Helper()
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		test(t, &line{World: w, lines: waiting.New(w.DB), t: t, size: w.Shoe("Tern Racer", 14_000, 0)})
	})
}

// ask asks with an address from a network of its own, and gives its wait.
func (l *line) ask(email string) shop.StockWait {
	l.t.Helper()
	if err := l.lines.Ask(l.t.Context(), waiting.Asked{Variant: l.size.ID, Email: email, Network: email}); err != nil {
		l.t.Fatal(err)
	}
	w, err := l.DB.OpenWait(l.t.Context(), l.size.ID, shop.SameEmail(email))
	if err != nil {
		l.t.Fatal(err)
	}
	return w
}

// join has n people ask and say yes, and gives their waits in that order.
func (l *line) join(n int) []shop.WaitID {
	l.t.Helper()
	ids := make([]shop.WaitID, n)
	for i := range n {
		ids[i] = l.ask(fmt.Sprintf("runner%d@runner.example", i+1)).ID
		if err := l.lines.Join(l.t.Context(), ids[i]); err != nil {
			l.t.Fatal(err)
		}
	}
	return ids
}

// comes puts more pairs on the shelf.
func (l *line) comes(n int64) {
	l.t.Helper()
	l.Tx(func(ctx context.Context, tx *database.Tx) error {
		_, ok, err := tx.MoveStock(ctx, &shop.StockMovement{VariantID: l.size.ID, Delta: n, CauseKind: shop.CauseDelivery,
			CauseID: fmt.Sprint(tx.Now().UnixNano()), Step: shop.StepReceived, Who: "staff:1"})
		if err == nil && !ok {
			err = fmt.Errorf("nothing came")
		}
		return err
	})
}

func (l *line) tell() {
	l.t.Helper()
	if err := l.lines.Tell(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
}

// told are the waits that a mail says it is back to, in the order of the mails.
func (l *line) told() []shop.WaitID {
	l.t.Helper()
	ids := []shop.WaitID{}
	mails := l.mails(shop.MailBackInStock)
	for i := range mails {
		ids = append(ids, shop.WaitID(mails[len(mails)-1-i].ThingID))
	}
	return ids
}

func (l *line) mails(kind shop.MailKind) []shop.Mail {
	l.t.Helper()
	list, err := l.DB.MailList(l.t.Context(), database.MailSearch{Kind: kind, Limit: 1000})
	if err != nil {
		l.t.Fatal(err)
	}
	return list
}

func (l *line) state(id shop.WaitID) shop.WaitState {
	l.t.Helper()
	w, err := l.DB.Wait(l.t.Context(), id)
	if err != nil {
		l.t.Fatal(err)
	}
	return w.State
}

// clean fails the test if anything that must always be true is not.
func (l *line) clean() {
	l.t.Helper()
	err := l.DB.Verify(l.t.Context(), func(f database.Flaw) error { l.t.Errorf("verify: %s", f.Line); return nil })
	if err != nil {
		l.t.Fatal(err)
	}
}
