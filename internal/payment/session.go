package payment

import (
	"context"
	"fmt"
	"strconv"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// Create opens the session a request describes, and before it makes the
// coupon that it may need. The same request under the same key gives the same
// session. Errors: *Refusal, or shop.ErrUnknown.
func (c *Client) Create(ctx context.Context, r shop.SessionRequest, key string) (shop.Session, error) {
	if err := c.createCoupon(ctx, r); err != nil {
		return shop.Session{}, err
	}
	p := sessionParams(r)
	p.Context = ctx
	p.SetIdempotencyKey(key)
	s, err := c.api.CheckoutSessions.New(p)
	if err != nil {
		return shop.Session{}, c.write(err, "open a checkout session")
	}
	session := sessionOf(s)
	if !shop.ValidSessionID(session.ID) || session.Reference != r.Reference || !c.mayRedirect(session.URL) {
		err := fmt.Errorf("the answer is not the session asked for (id %q, address %q)", session.ID, session.URL)
		return shop.Session{}, c.write(err, "open a checkout session")
	}
	return session, nil
}

// createCoupon makes the coupon of a request, if it has one. One that is
// there was made by an earlier try.
func (c *Client) createCoupon(ctx context.Context, r shop.SessionRequest) error {
	if r.Coupon == nil {
		return nil
	}
	p := couponParams(r)
	p.Context = ctx
	p.SetIdempotencyKey(couponKey(r))
	_, err := c.api.Coupons.New(p)
	if no := refusal(err); no != nil && no.Code == string(stripe.ErrorCodeResourceAlreadyExists) {
		return nil
	}
	return c.write(err, "make a coupon")
}

// Session is what Stripe says of a session now, with the tax of each line
// once it is complete. Errors: KindNotFound for an id Stripe does not know,
// KindUnavailable.
func (c *Client) Session(ctx context.Context, id string) (shop.Session, error) {
	if !shop.ValidSessionID(id) {
		return shop.Session{}, shop.NotFound("There is no such payment.")
	}
	p := &stripe.CheckoutSessionParams{}
	p.Context = ctx
	p.AddExpand("payment_intent.latest_charge")
	s, err := c.api.CheckoutSessions.Get(id, p)
	if r := refusal(err); r != nil && r.Status == 404 {
		return shop.Session{}, &shop.Error{Kind: shop.KindNotFound, Message: "There is no such payment.", Err: r}
	}
	if err != nil {
		return shop.Session{}, c.read(err, "read a checkout session")
	}
	if s.ID != id {
		return shop.Session{}, c.read(fmt.Errorf("asked for %s and was given %q", id, s.ID), "read a checkout session")
	}
	session := sessionOf(s)
	if session.Status == shop.SessionComplete {
		err = c.lineTaxes(ctx, &session)
	}
	return session, err
}

// lineTaxes reads the tax of each line; the line is known by the mark that
// sessionParams left on its product.
func (c *Client) lineTaxes(ctx context.Context, s *shop.Session) error {
	p := &stripe.CheckoutSessionListLineItemsParams{Session: stripe.String(s.ID)}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	p.AddExpand("data.price.product")
	s.LineTaxes = map[int]shop.Cents{}
	items := c.api.CheckoutSessions.ListLineItems(p)
	for items.Next() {
		item := items.LineItem()
		if item.Price == nil || item.Price.Product == nil {
			continue
		}
		position, err := strconv.Atoi(item.Price.Product.Metadata[metaLine])
		if err == nil {
			s.LineTaxes[position] += shop.Cents(item.AmountTax)
		}
	}
	return c.read(items.Err(), "read a session's lines")
}

// Expire closes an open session, so that nobody can pay it any more, and
// returns it as it then is. A session that is not open any more is a
// *Refusal; read it to learn why. No stored key is needed: closing twice is
// closing once.
func (c *Client) Expire(ctx context.Context, id string) (shop.Session, error) {
	if !shop.ValidSessionID(id) {
		return shop.Session{}, shop.NotFound("There is no such payment.")
	}
	p := &stripe.CheckoutSessionExpireParams{}
	p.Context = ctx
	s, err := c.api.CheckoutSessions.Expire(id, p)
	if err != nil {
		return shop.Session{}, c.write(err, "expire a checkout session")
	}
	return sessionOf(s), nil
}

// SessionsSince calls each for every session made since an instant, newest
// first, until each returns an error. status is shop.SessionComplete and the
// like, or "" for all. Lines' taxes are not among what it knows.
func (c *Client) SessionsSince(ctx context.Context, since shop.Instant, status string, each func(shop.Session) error) error {
	p := &stripe.CheckoutSessionListParams{CreatedRange: &stripe.RangeQueryParams{GreaterThanOrEqual: since.Unix()}}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	if status != "" {
		p.Status = stripe.String(status)
	}
	list := c.api.CheckoutSessions.List(p)
	for list.Next() {
		if err := each(sessionOf(list.CheckoutSession())); err != nil {
			return err
		}
	}
	return c.read(list.Err(), "list checkout sessions")
}
