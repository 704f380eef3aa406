//go:build linux

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"longrun/internal/access"
)

// aftermath is a purchase of two pairs and what staff do with it: one pair is
// sent, the other's money given back. What staff have in front of them stays
// there while the shop is down, the key of each form too.
type aftermath struct {
	*crash
	shipped bool
	refund  url.Values // the form, nil before it was opened
	given   bool
}

// TestASaleSurvivesAKillAtEveryWrite kills the shop at each write of a purchase
// of two pairs, of which one is sent and one given back: one payment, one
// refund, one mail about the parcel.
func TestASaleSurvivesAKillAtEveryWrite(t *testing.T) {
	killAtEveryWrite(t, 4, func(c *crash) (bool, func()) {
		c.pieces = 2
		a := &aftermath{crash: c}
		return a.happens(), a.recover
	})
}

// happens does all of it, and gives up as soon as something does not work.
func (a *aftermath) happens() bool {
	if !a.add() || !a.led() {
		return false
	}
	a.pay(false)
	if !a.returned() || !a.ship() || !a.giveBack() {
		return false
	}
	for range 400 {
		if a.rests() {
			return true
		}
		if got := a.visit(http.MethodGet, "/healthz", nil); got.err != nil {
			return false
		}
		time.Sleep(25 * time.Millisecond)
	}
	return false
}

// rests says whether the shop has done all that is to be done.
func (a *aftermath) rests() bool {
	return a.count("SELECT count(*) FROM mails WHERE state = 'handed'") == 3 &&
		a.count("SELECT count(*) FROM refunds WHERE state = 'succeeded'") == 1 &&
		a.count("SELECT count(*) FROM jobs WHERE state = 'ready'") == 0
}

// staff opens a page of the staff area or sends a form there, after signing in
// where that is asked for.
func (a *aftermath) staff(method, address string, form url.Values) (answer, bool) {
	got := a.visit(method, address, form)
	if got.err == nil && got.status == http.StatusSeeOther && signIn.MatchString(got.location) {
		in := a.visit(http.MethodPost, "/staff/sign-in", url.Values{"email": {access.DemoEmail}, "password": {access.DemoPassword}})
		if in.err != nil || in.status != http.StatusSeeOther {
			return in, false
		}
		got = a.visit(method, address, form)
	}
	return got, got.err == nil && got.status < http.StatusInternalServerError
}

var (
	signIn = regexp.MustCompile(`/staff/sign-in`)
	hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)
)

func (a *aftermath) order() string {
	return fmt.Sprintf("/staff/orders/%d", a.count("SELECT max(id) FROM orders WHERE state = 'paid'"))
}

// unit is the id of the first or the last pair of the order that is paid.
func (a *aftermath) unit(which string) string {
	return fmt.Sprint(a.count("SELECT " + which + "(u.id) FROM order_units u JOIN orders o ON o.id = u.order_id WHERE o.state = 'paid'"))
}

// ship sends the first pair; one try.
func (a *aftermath) ship() bool {
	got, ok := a.staff(http.MethodPost, a.order()+"/ship", url.Values{
		"key": {"the-form-of-the-parcel"}, "unit": {a.unit("min")}, "carrier": {"UPS"}, "tracking": {"1Z999AA10123456784"}, "tell": {"1"},
	})
	a.shipped = ok && got.status == http.StatusSeeOther
	return a.shipped
}

// giveBack gives the money of the other pair back; one try.
func (a *aftermath) giveBack() bool {
	if a.refund == nil {
		page, ok := a.staff(http.MethodGet, a.order()+"/refund?work-out=1&unit="+a.unit("max"), nil)
		if !ok || page.status != http.StatusOK {
			return false
		}
		a.refund = url.Values{"reason": {"It squeaks."}}
		for _, field := range hidden.FindAllStringSubmatch(page.body, -1) {
			a.refund.Set(field[1], field[2])
		}
	}
	got, ok := a.staff(http.MethodPost, a.order()+"/refund", a.refund)
	a.given = ok && got.status == http.StatusSeeOther
	return a.given
}

// recover starts the shop again, has shopper and staff finish, waits until
// nothing is left to do, and checks that there is one of everything.
func (a *aftermath) recover() {
	a.t.Helper()
	a.shop.start()
	limit := 100 * time.Second
	if !long {
		a.endLeases(a.died)
		limit = 30 * time.Second
	}
	a.goOn()
	if !a.shipped {
		a.again("send a pair", a.ship)
	}
	if !a.given {
		a.again("give a pair back", a.giveBack)
	}
	for end := time.Now().Add(limit); !a.rests(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			a.t.Fatal("the shop does not come to rest")
		}
	}
	a.checkOrder()
	a.checkSale()
	a.checkDatabase()
}

// checkSale compares refund, parcel and mails with what went out.
func (a *aftermath) checkSale() {
	a.t.Helper()
	var books struct {
		Refunds []struct {
			Amount int64
			Status string
		}
	}
	a.simulator(http.MethodGet, "/_sim/refunds", nil, &books)
	ours := a.count("SELECT sum(amount) FROM refunds")
	if len(books.Refunds) != 1 || books.Refunds[0].Status != "succeeded" || books.Refunds[0].Amount != ours {
		a.t.Errorf("Stripe gave back %+v, the shop %d", books.Refunds, ours)
	}
	if parcels, mails := a.count("SELECT count(*) FROM parcels"), a.count("SELECT count(*) FROM mails WHERE kind = 'shipped'"); parcels != 1 || mails != 1 {
		a.t.Errorf("%d parcels, %d mails about them", parcels, mails)
	}
	different := map[string]bool{}
	ids := a.messageIDs()
	for _, id := range ids {
		different[id] = true
	}
	// The one mail whose hand-over was cut off before it was recorded goes again.
	if len(different) != 3 || len(ids) > 4 {
		a.t.Errorf("the mails have the Message-IDs %q", ids)
	}
}
