package payment

import (
	"context"
	"encoding/json"
	"time"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// EventTypes are what the shop wants to hear of, and all of it: each only
// points at a thing that is then fetched. Other types that tell of money twice
// are left out, so that one payment is one event.
var EventTypes = []string{
	"checkout.session.completed", "checkout.session.async_payment_succeeded",
	"checkout.session.async_payment_failed", "checkout.session.expired",
	"charge.refunded", "charge.refund.updated", "refund.created", "refund.updated",
	"charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
	"charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
	"radar.early_fraud_warning.created",
}

// UndeliveredEvents calls each for every event between two instants, of the
// types that the shop wants, that some endpoint has not taken yet: newest
// first, until each returns an error. Stripe keeps them for 30 days.
func (c *Client) UndeliveredEvents(ctx context.Context, since, until shop.Instant, each func(shop.StripeEvent) error) error {
	p := &stripe.EventListParams{
		CreatedRange:    &stripe.RangeQueryParams{GreaterThanOrEqual: since.Unix(), LesserThanOrEqual: until.Unix()},
		DeliverySuccess: stripe.Bool(false), Types: stripe.StringSlice(EventTypes),
	}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	list := c.api.Events.List(p)
	for list.Next() {
		e, err := eventOf(list.Event())
		if err == nil {
			err = each(e)
		}
		if err != nil {
			return err
		}
	}
	return c.read(list.Err(), "list events")
}

// eventOf is an event as it would have come by itself, without its
// signature.
func eventOf(e *stripe.Event) (shop.StripeEvent, error) {
	out := shop.StripeEvent{
		ID: e.ID, Type: string(e.Type), APIVersion: e.APIVersion, LiveMode: e.Livemode, CreatedAt: shop.At(time.Unix(e.Created, 0)),
	}
	if e.Data == nil {
		return out, nil
	}
	var object struct{ ID, Object string }
	_ = json.Unmarshal(e.Data.Raw, &object) // an object without an id is nothing we look up
	out.ObjectID, out.ObjectKind = object.ID, object.Object
	payload, err := json.Marshal(map[string]any{
		"id": e.ID, "object": "event", "type": e.Type, "api_version": e.APIVersion, "created": e.Created,
		"livemode": e.Livemode, "data": map[string]any{"object": e.Data.Raw},
	})
	out.Payload = string(payload)
	return out, err
}
