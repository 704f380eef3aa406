//go:build linux

package main

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

// TestTheLastPairSurvivesARushAndTwoKills has many shoppers press Checkout for
// the last pair at the same moment, kills the shop in the middle of that, and
// again when the pair has been paid for, while Stripe sends its events several
// times and in another order.
func TestTheLastPairSurvivesARushAndTwoKills(t *testing.T) {
	built(t)
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			shoppers := 40
			if long {
				shoppers = 200
			}
			c := newCrashOn(t, kind, databasetest.URL(t, kind), 1)
			c.simulatorMixesUp()
			crowd := make([]*crash, shoppers)
			for i := range crowd {
				one := *c
				one.browser = newBrowser()
				crowd[i] = &one
			}
			each(crowd, 10, func(one *crash) { one.again("put the pair into the bag", one.add) })
			pages := rushForIt(c, crowd)
			if len(pages) != 1 {
				t.Fatalf("%d shoppers were led to a payment page: %v", len(pages), pages)
			}
			c.payPage = pages[0]
			c.pay(false)
			c.cut()
			c.shop.start()
			if !long {
				c.endLeases(c.died)
			}
			c.again("see the order", c.returned)
			c.awaitFor(100*time.Second, "SELECT count(*) FROM jobs WHERE state = 'ready'", 0)
			c.checkRush()
		})
	}
}

// simulatorMixesUp has every event come three times, and after a later one.
func (c *crash) simulatorMixesUp() {
	c.t.Helper()
	c.fault("duplicate", "", 0, 0)
	c.fault("reorder", "checkout.session.completed", 1, 0)
}

// each lets every shopper of a crowd do something, so many at a time.
func each(crowd []*crash, atOnce int, do func(one *crash)) {
	slots := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for _, one := range crowd {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			do(one)
		})
	}
	all.Wait()
}

// rushForIt has all press Checkout at once, and the shop die when some have
// their answer. Who has none presses again. It returns the payment pages.
func rushForIt(c *crash, crowd []*crash) (pages []string) {
	c.t.Helper()
	var answered atomic.Int32
	refused := make([]bool, len(crowd))
	var all sync.WaitGroup
	began := time.Now()
	for i, one := range crowd {
		all.Go(func() {
			refused[i] = one.tries(&answered)
		})
	}
	for int(answered.Load()) < len(crowd)/4 && time.Since(began) < 30*time.Second {
		time.Sleep(time.Millisecond)
	}
	before := answered.Load()
	c.cut()
	c.shop.start()
	all.Wait()
	c.t.Logf("the shop was killed when %d of %d had their answer; all had it after %s", before, len(crowd), time.Since(began).Round(time.Millisecond))
	none := 0
	for i, one := range crowd {
		switch {
		case one.payPage != "":
			pages = append(pages, one.payPage)
		case refused[i]:
			none++
		}
	}
	if none+len(pages) != len(crowd) {
		c.t.Errorf("of %d shoppers %d have a page and %d were told that the pair is gone", len(crowd), len(pages), none)
	}
	return pages
}

// tries presses Checkout until there is an answer, and says whether it is that
// the pair is gone.
func (c *crash) tries(answered *atomic.Int32) (gone bool) {
	for end := time.Now().Add(90 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got := <-c.press()
		switch {
		case got.err != nil || got.status >= http.StatusInternalServerError || got.status == http.StatusTooManyRequests:
			continue
		case got.status == http.StatusSeeOther && strings.HasPrefix(got.location, c.simURL+"/pay/"):
			c.payPage = got.location
		case got.status == http.StatusConflict || got.status == http.StatusUnprocessableEntity:
			gone = true
		default:
			continue
		}
		answered.Add(1)
		return gone
	}
	return false
}

// checkRush wants one order, one payment that is kept, and no pair left.
func (c *crash) checkRush() {
	c.t.Helper()
	c.checkOrder()
	var books struct{ Refunds []struct{ ID string } }
	c.simulator(http.MethodGet, "/_sim/refunds", nil, &books)
	if len(books.Refunds) != 0 {
		c.t.Errorf("Stripe gave back %+v", books.Refunds)
	}
	for _, w := range []struct {
		query string
		n     int64
	}{
		{"SELECT count(*) FROM orders WHERE state = 'paid'", 1},
		{"SELECT count(*) FROM stock_holds WHERE state = 'held'", 0},
		{"SELECT count(*) FROM mails WHERE kind = 'order_confirmation'", 1},
	} {
		if got := c.count(w.query); got != w.n {
			c.t.Errorf("%s gives %d, want %d", w.query, got, w.n)
		}
	}
	c.checkDatabase()
}
