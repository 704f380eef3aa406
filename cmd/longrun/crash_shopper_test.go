//go:build linux

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// answer is what a shopper's browser got, err when the connection was cut.
type answer struct {
	status   int
	location string
	body     string
	err      error
}

// visit sends one request to the shop and follows nothing.
func (c *crash) visit(method, address string, form url.Values) answer {
	if strings.HasPrefix(address, "/") {
		address = c.shopURL + address
	}
	request, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return answer{err: err}
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Accept", "text/html")
	response, err := c.browser.Do(request)
	if err != nil {
		return answer{err: err}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header.Get("Location"), string(body), err}
}

// add puts a pair into the bag; one try.
func (c *crash) add() bool {
	got := c.visit(http.MethodPost, "/cart/add", url.Values{"id": {fmt.Sprint(c.variant)}, "quantity": {fmt.Sprint(c.pieces)}})
	c.bagged = got.err == nil && got.status == http.StatusSeeOther
	return c.bagged
}

// press presses Checkout and does not wait for the answer.
func (c *crash) press() <-chan answer {
	got := make(chan answer, 1)
	go func() { got <- c.visit(http.MethodPost, "/checkout", nil) }()
	return got
}

// led presses Checkout and notes the payment page; one try.
func (c *crash) led() bool {
	got := <-c.press()
	if got.err != nil || got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, c.simURL+"/pay/") {
		return false
	}
	c.payPage = got.location
	return true
}

// session is the id that the payment page has in its address.
func (c *crash) session() string { return c.payPage[strings.LastIndex(c.payPage, "/")+1:] }

// pay pays on the payment page; wait also waits until the shop has taken the
// webhook.
func (c *crash) pay(wait bool) {
	c.t.Helper()
	c.simulator(http.MethodPost, "/_sim/sessions/"+c.session()+"/pay", url.Values{"wait": {fmt.Sprint(wait)}}, nil)
	c.paid = true
}

// returned opens the page that the payment page leads back to; one try. It
// says whether the order is there and paid.
func (c *crash) returned() bool {
	var session simSession
	c.simulator(http.MethodGet, "/v1/checkout/sessions/"+c.session(), nil, &session)
	got := c.visit(http.MethodGet, strings.ReplaceAll(session.SuccessURL, "{CHECKOUT_SESSION_ID}", session.ID), nil)
	if got.err != nil || got.status != http.StatusSeeOther {
		return false
	}
	order := c.visit(http.MethodGet, got.location, nil)
	return order.err == nil && order.status == http.StatusOK && strings.Contains(order.body, "#1001")
}

// again tries what a shopper would try again: the page does not open, or asks
// to come back in a moment.
func (c *crash) again(what string, try func() bool) {
	c.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if try() {
			return
		}
	}
	c.t.Fatalf("the shopper tries for 30 s in vain: %s", what)
}

// goOn does what a shopper still has to do to have the shoes, from wherever
// the cut has left them.
func (c *crash) goOn() {
	c.t.Helper()
	if !c.bagged {
		c.again("put a pair into the bag", c.add)
	}
	if c.payPage == "" {
		c.again("press Checkout", c.led)
	}
	if !c.paid {
		c.pay(false)
	}
	c.again("see the order", c.returned)
}
