//go:build linux

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/database"
)

// asked is one request under load and how it ended.
type asked struct {
	what         string
	began, ended time.Time
	got          answer
}

func (a asked) failed() bool {
	return a.got.err != nil || a.got.status >= http.StatusInternalServerError
}

// slowest is how long any request may take, whatever becomes of the database.
const slowest = 12 * time.Second

// calm is how long after its return the database may still be missed: the
// time of a request that was under way, and of connections that are noticed
// to be dead.
const calm = 3 * time.Second

// TestTheDatabaseStopsUnderLoad stops PostgreSQL while shoppers buy, and starts
// it again: errors only in between, nothing lost, no request without end.
func TestTheDatabaseStopsUnderLoad(t *testing.T) {
	built(t)
	before, gone, after := 2*time.Second, 2*time.Second, 4*time.Second
	if long {
		before, gone, after = 5*time.Second, 10*time.Second, 10*time.Second
	}
	pg := newServer(t)
	c := newCrashOn(t, database.Postgres, pg.url(), 10_000)
	crowd := newCrowd(c, 8)
	done := make(chan struct{})
	var all sync.WaitGroup
	for _, one := range crowd {
		all.Go(func() { one.buyUntil(done) })
	}
	time.Sleep(before)
	c.leave()
	stopped := time.Now()
	pg.stop()
	time.Sleep(gone)
	pg.start()
	back := time.Now()
	time.Sleep(after)
	close(done)
	all.Wait()
	checkRequests(t, crowd, stopped, back)
	if !long {
		c.hurry()
	}
	c.awaitFor(150*time.Second, "SELECT count(*) FROM jobs WHERE state = 'ready'", 0)
	checkNothingLost(c, crowd)
}

// buyer is a shopper under load, who remembers what the shop has said yes to.
type buyer struct {
	*crash
	list []asked
	bags []*http.Client // bags that something was put into and that nobody paid for
	paid []string       // sessions
}

func newCrowd(c *crash, n int) []*buyer {
	crowd := make([]*buyer, n)
	for i := range crowd {
		one := *c
		crowd[i] = &buyer{crash: &one}
	}
	return crowd
}

// ask sends a request and notes how it ended.
func (b *buyer) ask(what, method, address string, form url.Values) answer {
	a := asked{what: what, began: time.Now()}
	a.got = b.visit(method, address, form)
	a.ended = time.Now()
	b.list = append(b.list, a)
	return a.got
}

// buyUntil buys pair after pair; every other bag is left standing.
func (b *buyer) buyUntil(done <-chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-done:
			return
		default:
			b.buyOne(n%2 == 0)
			time.Sleep(5 * time.Millisecond)
		}
	}
}

func (b *buyer) buyOne(pays bool) {
	b.browser = newBrowser()
	b.ask("look", http.MethodGet, "/products/tern", nil)
	added := b.ask("add", http.MethodPost, "/cart/add", url.Values{"id": {fmt.Sprint(b.variant)}, "quantity": {"1"}})
	if added.err != nil || added.status != http.StatusSeeOther {
		return
	}
	if !pays {
		b.bags = append(b.bags, b.browser)
		return
	}
	page := b.ask("checkout", http.MethodPost, "/checkout", nil)
	if page.status != http.StatusSeeOther || !strings.HasPrefix(page.location, b.simURL+"/pay/") {
		return
	}
	session := page.location[strings.LastIndex(page.location, "/")+1:]
	b.simulator(http.MethodPost, "/_sim/sessions/"+session+"/pay", url.Values{}, nil)
	b.paid = append(b.paid, session)
}

// checkRequests wants errors only while the database was away, an answer to
// everything in time, and that both were tried.
func checkRequests(t *testing.T, crowd []*buyer, stopped, back time.Time) {
	t.Helper()
	var longest time.Duration
	var last time.Time
	total, failed := 0, 0
	for _, b := range crowd {
		for _, a := range b.list {
			total++
			longest = max(longest, a.ended.Sub(a.began))
			if !a.failed() {
				continue
			}
			failed++
			if a.ended.After(last) {
				last = a.ended
			}
			if a.ended.Before(stopped) || a.began.After(back.Add(calm)) {
				t.Errorf("%s failed %s after the stop, %s after the return: %d %v", a.what,
					a.ended.Sub(stopped), a.began.Sub(back), a.got.status, a.got.err)
			}
		}
	}
	t.Logf("%d requests, %d failed, the last %s after the return; the slowest took %s", total, failed,
		last.Sub(back).Round(time.Millisecond), longest.Round(time.Millisecond))
	if longest > slowest {
		t.Errorf("a request took %s", longest)
	}
	if failed == 0 || failed == total {
		t.Errorf("%d of %d requests failed", failed, total)
	}
}

// checkNothingLost wants every bag as it was left, and every payment with its
// order.
func checkNothingLost(c *crash, crowd []*buyer) {
	c.t.Helper()
	bags, paid := 0, 0
	for _, b := range crowd {
		for _, bag := range b.bags {
			b.browser = bag
			got := b.visit(http.MethodGet, "/cart.js", nil)
			if !strings.Contains(strings.ReplaceAll(got.body, " ", ""), `"item_count":1`) {
				c.t.Errorf("a bag is lost: %d %.200s", got.status, got.body)
			}
			bags++
		}
		for _, session := range b.paid {
			c.awaitFor(70*time.Second, "SELECT count(*) FROM payment_attempts a JOIN orders o ON o.id = a.order_id WHERE a.state = 'paid' AND o.state = 'paid' AND a.session_id = '"+session+"'", 1)
			paid++
		}
	}
	c.t.Logf("%d bags and %d payments, all there", bags, paid)
	sessions := slices.DeleteFunc(c.simSessions(), func(s simSession) bool { return s.PaymentStatus != "paid" })
	if n := c.count("SELECT count(*) FROM orders WHERE state = 'paid'"); n != int64(len(sessions)) {
		c.t.Errorf("%d orders are paid, at Stripe %d sessions", n, len(sessions))
	}
	if n := c.count("SELECT sum(on_hand) FROM stock_levels"); n != int64(c.pairs-len(sessions)) {
		c.t.Errorf("%d pairs are left of %d after %d sales", n, c.pairs, len(sessions))
	}
	out, err := c.shop.command("verify").CombinedOutput()
	if err != nil {
		c.t.Errorf("verify: %v\n%s", err, out)
	}
}
