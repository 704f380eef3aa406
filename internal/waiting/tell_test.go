package waiting_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/waiting"
)

func TestAsManyAreToldAsThereArePairsInTheOrderTheyAsked(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(5)
		l.tell()
		if got := l.told(); len(got) > 0 {
			t.Fatalf("told before it was back: %v", got)
		}
		l.comes(2)
		l.tell()
		l.tell()
		if diff := cmp.Diff(ids[:2], l.told()); diff != "" {
			t.Errorf("first (-want +got): %s", diff)
		}
		l.AdvanceOurs(shop.WaitPause - time.Minute)
		l.tell()
		if n := len(l.told()); n != 2 {
			t.Errorf("%d were told before the first two had their time", n)
		}
		l.AdvanceOurs(2 * time.Minute)
		l.tell()
		if diff := cmp.Diff(ids[:4], l.told()); diff != "" {
			t.Errorf("hours later (-want +got): %s", diff)
		}
		l.clean()
	})
}

func TestManyWorkersTellEachOnceAndNobodyIsOvertaken(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(30)
		l.comes(12)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := waiting.New(l.DB).Tell(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if diff := cmp.Diff(ids[:12], l.told()); diff != "" {
			t.Errorf("told (-want +got): %s", diff)
		}
		l.clean()
	})
}

// What is cut off is either all there or not there at all, and the next call
// goes on with it.
func TestACutTellsNobodyTwice(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(20)
		l.comes(20)
		for range 40 {
			ctx, stop := context.WithTimeout(t.Context(), 3*time.Millisecond)
			_ = l.lines.Tell(ctx)
			stop()
		}
		l.tell()
		if diff := cmp.Diff(ids, l.told()); diff != "" {
			t.Errorf("told (-want +got): %s", diff)
		}
		l.clean()
	})
}

func TestEveryWayForASizeToBeBackIsSeen(t *testing.T) {
	tests := []struct {
		name string
		back func(l *line)
	}{
		{"a delivery", func(l *line) { l.comes(1) }},
		{"a checkout that ended", func(l *line) {
			l.Exec("UPDATE stock_levels SET on_hand = 1 WHERE variant_id = ?", l.size.ID)
			p := l.Place(l.Bag(1, l.size))
			l.tell()
			if len(l.told()) > 0 {
				l.t.Error("told of a pair that is being paid for")
			}
			l.Control("/_sim/sessions/" + l.Session(p) + "/expire")
			l.WorkUntil(func() bool { return l.Order(p).State == shop.OrderCancelled })
		}},
		{"a size that may be oversold", func(l *line) { l.Exec("UPDATE variants SET policy = 'continue' WHERE id = ?", l.size.ID) }},
		{"a size that is not counted any more", func(l *line) { l.Exec("UPDATE variants SET tracked = false WHERE id = ?", l.size.ID) }},
		{"a product that is shown again", func(l *line) {
			l.Exec("UPDATE products SET status = 'archived'")
			l.comes(1)
			l.tell()
			if len(l.told()) > 0 {
				l.t.Error("told of a product that is not shown")
			}
			l.Exec("UPDATE products SET status = 'active'")
		}},
		{"the moment from which it is sold", func(l *line) {
			l.comes(1)
			at := l.Now()
			l.Exec("UPDATE products SET on_sale_at = ?", at.Add(time.Hour))
			l.tell()
			if len(l.told()) > 0 {
				l.t.Error("told before it is sold")
			}
			l.AdvanceOurs(2 * time.Hour)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			each(t, func(t *testing.T, l *line) {
				id := l.join(1)[0]
				tt.back(l)
				l.tell()
				if l.state(id) != shop.WaitTold || len(l.told()) != 1 {
					t.Errorf("it is %s with %d mails", l.state(id), len(l.told()))
				}
			})
		})
	}
}

func TestWhoHasBoughtTheSizeIsNotTold(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(3)
		l.comes(2)
		p := l.Place(l.Bag(1, l.size))
		l.Pays(p, "email", "Runner1@runner.example")
		l.WorkUntil(func() bool { return l.Order(p).State == shop.OrderPaid })
		l.tell()
		if diff := cmp.Diff(ids[1:2], l.told()); diff != "" {
			t.Errorf("told (-want +got): %s", diff)
		}
		if got := l.state(ids[0]); got != shop.WaitBought {
			t.Errorf("who bought it is %s", got)
		}
	})
}

// A pair that was bought by the one who was told of it is told of to nobody
// else, and keeps nobody else waiting.
func TestThoseWhoBoughtAfterTheyWereToldKeepNobodyWaiting(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(3)
		l.comes(1)
		l.tell()
		p := l.Place(l.Bag(1, l.size))
		l.Pays(p, "email", "runner1@runner.example")
		l.WorkUntil(func() bool { return l.Order(p).State == shop.OrderPaid })
		l.tell()
		l.comes(1)
		l.tell()
		if diff := cmp.Diff(ids[:2], l.told()); diff != "" {
			t.Errorf("told (-want +got): %s", diff)
		}
	})
}

func TestWhoseMailHadNothingToTellKeepsThePlace(t *testing.T) {
	each(t, func(t *testing.T, l *line) {
		ids := l.join(2)
		l.comes(1)
		l.tell()
		again := func(ctx context.Context, tx *database.Tx) error { return tx.WaitAgain(ctx, ids[0]) }
		l.Tx(again)
		l.Tx(again)
		l.clean()
		l.tell()
		if diff := cmp.Diff([]shop.WaitID{ids[0], ids[0]}, l.told()); diff != "" {
			t.Errorf("told (-want +got): %s", diff)
		}
		l.clean()
	})
}
