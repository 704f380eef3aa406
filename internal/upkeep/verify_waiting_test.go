package upkeep_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
	"longrun/internal/waiting"
)

// waits has three people wait for variant 1 and tells the first.
func waits(t *testing.T, db *database.DB) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		for _, address := range []string{"a@runner.example", "b@runner.example", "c@runner.example"} {
			w := shop.StockWait{VariantID: 1, Email: address, Address: address}
			if _, err := tx.AddWait(ctx, &w); err != nil {
				return err
			}
			if _, err := tx.NewLink(ctx, shop.LinkWait, int64(w.ID), nil); err != nil {
				return err
			}
			if _, err := tx.JoinWait(ctx, w.ID); err != nil {
				return err
			}
		}
		round, _, err := tx.TellWait(ctx, 1, shop.WaitTold)
		if err != nil || round != 1 {
			t.Fatalf("round %d, %v", round, err)
		}
		return tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailBackInStock, Key: "back-in-stock:1:1", Recipient: "a@runner.example", ThingID: 1})
	})
}

var waitBreakages = []struct{ name, breaks, says, mends string }{
	{"a wait that is over at no time", "UPDATE stock_waits SET ended_at = NULL WHERE id = 1",
		"5 wait 1: it is told, and its times do not fit that", "UPDATE stock_waits SET ended_at = asked_at WHERE id = 1"},
	{"somebody in the line who never said yes", "UPDATE stock_waits SET joined_at = NULL WHERE id = 2",
		"5 wait 2: it is waiting, and its times do not fit that", "UPDATE stock_waits SET joined_at = asked_at WHERE id = 2"},
	{"a mail to somebody who never said yes", "UPDATE stock_waits SET state = 'asked', joined_at = NULL, ended_at = NULL WHERE id = 1",
		"it says that a size is back to wait 1, which never said yes", "UPDATE stock_waits SET state = 'told', joined_at = asked_at, ended_at = asked_at WHERE id = 1"},
	{"somebody who left and is kept", "UPDATE stock_waits SET state = 'left', ended_at = asked_at WHERE id = 3",
		"5 wait 3: it is left, and its address does not fit that", "UPDATE stock_waits SET state = 'waiting', ended_at = NULL WHERE id = 3"},
	{"somebody in the line whom no mail reaches", "UPDATE stock_waits SET email = '' WHERE id = 3",
		"5 wait 3: it is waiting, and its address does not fit that", "UPDATE stock_waits SET email = address WHERE id = 3"},
	{"somebody told without a mail", "UPDATE stock_waits SET round = 7 WHERE id = 1",
		"5 wait 1: it was told, and no mail was ever put in the outbox", "UPDATE stock_waits SET round = 1 WHERE id = 1"},
	{"a refusal of a mail that still waits", "UPDATE mails SET refusal = 'x' WHERE kind = 'back_in_stock'",
		"it is queued, and what the mail server said does not fit that", "UPDATE mails SET refusal = '' WHERE kind = 'back_in_stock'"},
}

func TestVerifyCatchesBrokenWaits(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		waits(t, db)
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("the sample is broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range waitBreakages {
			t.Run(tt.name, func(t *testing.T) {
				exec(t, raw, tt.breaks)
				if violations, _ := verify(t, db); !strings.Contains(strings.Join(violations, "\n"), tt.says) {
					t.Errorf("said:\n%s\nwant:\n%s", strings.Join(violations, "\n"), tt.says)
				}
				exec(t, raw, tt.mends)
				if violations, _ := verify(t, db); len(violations) > 0 {
					t.Fatalf("after mending:\n%s", strings.Join(violations, "\n"))
				}
			})
		}
		time.Sleep(2 * time.Millisecond)
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			if _, _, err := tx.TellWait(ctx, 3, shop.WaitTold); err != nil {
				return err
			}
			return tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailBackInStock, Key: "back-in-stock:3:1", Recipient: "c@runner.example", ThingID: 3})
		})
		if violations, _ := verify(t, db); !has(violations, "5 wait 3: it was told before wait 2, which came first and was in the line") {
			t.Errorf("overtaken: %q", violations)
		}
	})
}

func TestWaitsAreKeptAsLongAsTheyAreGoodFor(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		waits(t, db) // 1 told, 2 and 3 in the line
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			for _, address := range []string{"asked@runner.example", "unwanted@runner.example", "left@runner.example"} {
				if _, err := tx.AddWait(ctx, &shop.StockWait{VariantID: 1, Email: address, Address: address}); err != nil {
					return err
				}
			}
			return nil
		})
		line := waiting.New(db)
		if err := line.Refuse(t.Context(), 5); err != nil {
			t.Fatal(err)
		}
		if err := line.Leave(t.Context(), 6, false); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			later       time.Duration
			waits, link int
		}{{6 * day, 6, 3}, {8 * day, 5, 3}, {31 * day, 3, 3}, {181 * day, 1, 3}, {212 * day, 1, 0}, {366 * day, 0, 0}} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return tx.SetClockOffset(ctx, tt.later.Microseconds())
			})
			if err := upkeep.New(db, nil).Retention(t.Context()); err != nil {
				t.Fatal(err)
			}
			var links int
			if err := raw.QueryRow("SELECT count(*) FROM links WHERE purpose = 'wait'").Scan(&links); err != nil {
				t.Fatal(err)
			}
			if n := count(t, raw, "stock_waits"); n != tt.waits || links != tt.link {
				t.Errorf("after %v there are %d waits and %d links, want %d and %d", tt.later, n, links, tt.waits, tt.link)
			}
		}
	})
}
