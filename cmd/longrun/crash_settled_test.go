//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"longrun/internal/database"
	"longrun/internal/mail"
)

// long says whether the tests take their time.
var long = os.Getenv("LONGRUN_TEST_LONG") == "1"

// recover starts the shop again, lets the shopper finish, waits until nothing
// is left to do, and checks that there is one of everything.
func (c *crash) recover() {
	c.t.Helper()
	c.shop.start()
	limit := 100 * time.Second // a job that was cut is done again when its lease of a minute is over
	if !long {
		c.endLeases(c.died)
		limit = 30 * time.Second
	}
	c.goOn()
	for _, settled := range []struct {
		query string
		n     int64
	}{
		{"SELECT count(*) FROM stripe_events WHERE type = 'checkout.session.completed'", 1},
		{"SELECT count(*) FROM jobs WHERE state = 'ready'", 0},
		{"SELECT count(*) FROM mails WHERE state <> 'handed'", 0},
	} {
		c.awaitFor(limit, settled.query, settled.n)
	}
	c.checkOrder()
	c.checkMail()
	c.checkDatabase()
}

// checkOrder compares the shop's record with the simulator's.
func (c *crash) checkOrder() {
	c.t.Helper()
	out, err := c.shop.command("orders", "list", "--json").Output()
	if err != nil {
		c.t.Fatalf("orders list: %v", err)
	}
	var orders []struct {
		State  string
		Number *int64
		Total  int64
	}
	if err := json.Unmarshal(out, &orders); err != nil {
		c.t.Fatalf("orders list: %v: %s", err, out)
	}
	var paid []int64
	for _, o := range orders {
		if o.State == "paid" {
			paid = append(paid, o.Total)
		} else if o.State != "cancelled" {
			c.t.Errorf("an order is left %s", o.State)
		}
	}
	sessions := c.simSessions()
	if len(sessions) != 1 {
		c.t.Errorf("Stripe was asked for %d sessions: %+v", len(sessions), sessions)
	}
	var charged []simSession
	for _, s := range sessions {
		if s.PaymentStatus == "paid" {
			charged = append(charged, s)
		}
	}
	if len(paid) != 1 || len(charged) != 1 || paid[0] != charged[0].AmountTotal {
		c.t.Fatalf("the shop has paid orders over %d, Stripe has %+v", paid, charged)
	}
	if c.count("SELECT count(*) FROM payment_attempts WHERE state = 'paid' AND session_id = '"+charged[0].ID+"'") != 1 {
		c.t.Errorf("the order is not paid by session %s", charged[0].ID)
	}
}

// checkMail wants one Message-ID, and one hand-over: two only if the cut lay
// between the first and its record.
func (c *crash) checkMail() {
	c.t.Helper()
	want := 1
	if c.sent > 0 && !c.handedBefore(c.died) {
		want = 2
	}
	ids := c.messageIDs()
	if len(ids) != want {
		c.t.Fatalf("%d mails went, want %d", len(ids), want)
	}
	for _, id := range ids {
		if id == "" || id != ids[0] {
			c.t.Errorf("the mails have the Message-IDs %q", ids)
		}
	}
}

// messageIDs are those of the mails that went so far.
func (c *crash) messageIDs() (ids []string) {
	c.t.Helper()
	if c.sink != nil {
		return c.sink.messageIDs()
	}
	caught, err := mail.Caught(filepath.Join(c.dataDir, "mail"))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, m := range caught {
		ids = append(ids, m.Headers["Message-Id"])
	}
	return ids
}

// checkDatabase runs verify and the database's own checks.
func (c *crash) checkDatabase() {
	c.t.Helper()
	left := fmt.Sprintf("SELECT count(*) FROM stock_levels WHERE on_hand = %d AND held = 0", c.pairs-c.pieces)
	if n := c.count(left); n != 1 {
		c.t.Errorf("of %d pairs there are not %d left and none held", c.pairs, c.pairs-c.pieces)
	}
	out, err := c.shop.command("verify").CombinedOutput()
	if err != nil {
		c.t.Errorf("verify: %v\n%s", err, out)
	}
	if c.kind != database.SQLite {
		return
	}
	var said string
	if err := c.ro.QueryRow("PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
		c.t.Errorf("the file: %s %v", said, err)
	}
}
