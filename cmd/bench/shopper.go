package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"time"
)

// spread keeps the variants asked for few enough that looking them up is not
// what is measured.
const spread = 50

// addToBag puts a shoe into a new bag.
func addToBag(o options) task {
	return func(ctx context.Context, c *client, i int) error {
		id, err := c.variantOf(ctx, handle(i%min(spread, o.products)))
		if err != nil {
			return err
		}
		c.fresh()
		_, err = c.post(ctx, "/cart/add", url.Values{"id": {id}, "quantity": {"1"}}, http.StatusSeeOther)
		return err
	}
}

// viewBag looks at a bag with one shoe again and again.
func viewBag(o options) task {
	add := addToBag(o)
	return func(ctx context.Context, c *client, i int) error {
		if base, _ := url.Parse(c.server.url); len(c.http.Jar.Cookies(base)) == 0 {
			if err := add(ctx, c, i); err != nil {
				return err
			}
		}
		_, err := c.get(ctx, "/cart", http.StatusOK)
		return err
	}
}

// placeAndSettle buys a shoe: bag, checkout, payment at the simulator, until
// the shop has the order paid.
func placeAndSettle(o options) task {
	add := addToBag(o)
	return func(ctx context.Context, c *client, i int) error {
		if err := add(ctx, c, i); err != nil {
			return err
		}
		response, err := c.post(ctx, "/checkout", url.Values{}, http.StatusSeeOther)
		if err != nil {
			return err
		}
		session := path.Base(response.Header.Get("Location"))
		paid, err := c.post(ctx, c.server.simulator+"/_sim/sessions/"+session+"/pay", buyer(), http.StatusOK)
		if err != nil {
			return err
		}
		_ = paid
		return c.untilPaid(ctx)
	}
}

// untilPaid waits for the bag to be empty, which settling makes it.
func (c *client) untilPaid(ctx context.Context) error {
	for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(10 * time.Millisecond) {
		empty, err := c.bagIsEmpty(ctx)
		if err != nil || empty {
			return err
		}
	}
	return fmt.Errorf("not settled after 30 s")
}

func buyer() url.Values {
	return url.Values{
		"card": {"4242424242424242"}, "email": {"ada@example.com"}, "name": {"Ada Runner"}, "line1": {"1 Track Road"},
		"city": {"Portland"}, "state": {"OR"}, "postal_code": {"97209"}, "country": {"US"},
	}
}
