//go:build linux

package main

import (
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/database"
)

// What the shop says to Stripe, as the simulator's faults name it.
const (
	openSession = "POST /v1/checkout/sessions"
	readSession = "GET /v1/checkout/sessions/*"
)

// cuts are the steps of a purchase after each of which the shop is killed. A
// cut begins with a pair in the bag and ends with the shop dead.
var cuts = []struct {
	name string
	kill func(c *crash)
}{
	{"1 the bag is read", func(c *crash) {
		release := c.block("SELECT id FROM carts FOR UPDATE")
		c.press()
		c.awaitBlocked()
		c.cut(release)
	}},
	{"2 the hold is written", func(c *crash) {
		c.sim.kill()
		c.press()
		c.await("SELECT count(*) FROM stock_holds WHERE state = 'held'", 1)
		c.cut()
		c.sim.start()
	}},
	{"3 Stripe is asked for a session", func(c *crash) {
		c.sim.freeze()
		c.press()
		c.await("SELECT count(*) FROM stock_holds WHERE state = 'held'", 1)
		time.Sleep(200 * time.Millisecond) // the request lies in the simulator's socket
		c.cut()
		c.sim.thaw()
	}},
	{"3 Stripe has opened the session and its answer is lost", func(c *crash) {
		c.fault("cut", openSession, 0, 0)
		c.press()
		c.awaitSession()
		c.cut()
		c.noFaults()
	}},
	{"4 the answer is received", func(c *crash) {
		c.fault("slow", openSession, 1, 1500)
		c.press()
		c.await("SELECT count(*) FROM stock_holds WHERE state = 'held'", 1)
		release := c.block("SELECT id FROM orders FOR UPDATE")
		c.awaitSession()
		c.awaitBlocked()
		c.cut(release)
	}},
	{"4 the payment is faster than the answer", func(c *crash) {
		c.fault("before_reply", openSession, 1, 0)
		c.fault("slow", readSession, 0, 3000)
		c.press()
		c.await("SELECT count(*) FROM stripe_events WHERE type = 'checkout.session.completed'", 1)
		c.cut()
		c.noFaults()
		c.payPage, c.paid = c.simURL+"/pay/"+c.simSessions()[0].ID, true
	}},
	{"5 the session's id is stored", func(c *crash) {
		c.press()
		c.await("SELECT count(*) FROM payment_attempts WHERE state = 'open'", 1)
		c.cut()
	}},
	{"6 the shopper is sent to the payment page, and pays while the shop is down", func(c *crash) {
		c.again("press Checkout", c.led)
		c.cut()
		c.pay(false)
	}},
	{"7 the shopper has paid", func(c *crash) {
		c.again("press Checkout", c.led)
		c.fault("delay", "checkout.session.completed", 1, 1500)
		c.pay(false)
		c.cut()
	}},
	{"8 the webhook has arrived", func(c *crash) {
		c.again("press Checkout", c.led)
		release := c.block("LOCK TABLE stripe_events IN EXCLUSIVE MODE")
		c.pay(false)
		c.awaitBlocked()
		c.cut(release)
	}},
	{"9 the event is stored", func(c *crash) {
		c.again("press Checkout", c.led)
		c.fault("slow", readSession, 0, 3000)
		c.pay(false)
		c.await("SELECT count(*) FROM stripe_events WHERE type = 'checkout.session.completed'", 1)
		c.cut()
		c.noFaults()
	}},
	{"10 the order is being written", func(c *crash) {
		c.again("press Checkout", c.led)
		c.fault("slow", readSession, 0, 1000)
		c.pay(false)
		c.await("SELECT count(*) FROM stripe_events WHERE type = 'checkout.session.completed'", 1)
		release := c.block("SELECT name FROM counters FOR UPDATE")
		time.Sleep(time.Second)
		c.awaitBlocked()
		c.cut(release)
		c.noFaults()
	}},
	{"10 the order is written", func(c *crash) {
		c.again("press Checkout", c.led)
		c.pay(false)
		c.await("SELECT count(*) FROM orders WHERE state = 'paid'", 1)
		c.cut()
	}},
	{"11 Stripe has its 200", func(c *crash) {
		c.again("press Checkout", c.led)
		c.fault("slow", readSession, 0, 3000)
		c.pay(true)
		c.cut()
		c.noFaults()
	}},
	{"13 the mail is marked as sent", func(c *crash) {
		c.again("press Checkout", c.led)
		c.pay(false)
		c.await("SELECT count(*) FROM mails WHERE state = 'handed'", 1)
		c.cut()
	}},
}

// mailCuts are the cuts around the hand-over of the mail, to a mail server
// that stands still in the middle.
var mailCuts = []struct {
	name  string
	taken bool // the server has said that it has the mail
}{
	{"12 the mail is sent and the server has not said so", false},
	{"12 the mail is sent and not marked", true},
}

// TestOnePurchaseSurvivesEveryCut kills the shop at each step of a purchase
// and starts it again: one order, one payment, one mail.
func TestOnePurchaseSurvivesEveryCut(t *testing.T) {
	built(t)
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			var all group
			for i, cut := range cuts {
				if kind == database.Postgres && !long && i%3 != 0 {
					continue // enough for every day; the rest differs by the lock alone
				}
				all.run(t, cut.name, func(t *testing.T) {
					c := newCrash(t, kind)
					c.again("put a pair into the bag", c.add)
					cut.kill(c)
					c.recover()
				})
			}
			for _, cut := range mailCuts {
				if kind == database.Postgres && !long {
					continue
				}
				all.run(t, cut.name, func(t *testing.T) { cutMail(t, kind, cut.taken) })
			}
			all.wait()
		})
	}
}

// cutMail kills the shop between the hand-over of a mail and its record.
func cutMail(t *testing.T, kind database.Kind, taken bool) {
	sink := newSink(t)
	c := newCrash(t, kind, "SMTP_URL=smtp://"+sink.addr)
	c.sink = sink
	sent, dead := make(chan func()), make(chan struct{})
	sink.onMail = func() {
		release := func() {}
		if taken {
			release = c.block("SELECT id FROM mails FOR UPDATE")
		}
		sent <- release
		if !taken {
			<-dead
		}
	}
	c.again("put a pair into the bag", c.add)
	c.again("press Checkout", c.led)
	c.pay(false)
	select {
	case release := <-sent:
		if taken {
			c.awaitBlocked()
		}
		c.cut(release)
		close(dead)
	case <-time.After(20 * time.Second):
		t.Fatal("no mail is sent")
	}
	if c.sent != 1 {
		t.Fatalf("%d mails had gone before the cut", c.sent)
	}
	c.recover()
}

// group runs subtests a few at once. They mostly wait, so more than one for
// each processor fit, and t.Parallel would allow no more.
type group struct {
	slots chan struct{}
	tests sync.WaitGroup
	once  sync.Once
}

func (g *group) run(t *testing.T, name string, test func(t *testing.T)) {
	g.once.Do(func() { g.slots = make(chan struct{}, 5) })
	g.tests.Go(func() {
		g.slots <- struct{}{}
		defer func() { <-g.slots }()
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			begun := time.Now()
			test(t)
			t.Logf("%s", time.Since(begun).Round(time.Millisecond))
		})
	})
}

func (g *group) wait() { g.tests.Wait() }
