package payment

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"
)

// EventTolerance is how far a signature's time may lie from now, either way.
const EventTolerance = 5 * time.Minute

// Event reads a webhook. The raw payload must carry, in the Stripe-Signature
// header, the signature of one of the secrets, not older than EventTolerance
// and not from the future by more. now is the shop's time, which the simulator's
// clock follows and Stripe's is near.
//
// What it returns is only a pointer: the object is fetched again before
// anything is believed, so an event of another API version is as good.
// Errors are of KindMalformed.
func (c *Client) Event(payload []byte, header string, now time.Time) (shop.StripeEvent, error) {
	if !c.signed(payload, header) || !timely(header, now) {
		return shop.StripeEvent{}, shop.Errorf(shop.KindMalformed, "The signature is not one of ours.")
	}
	var e stripe.Event
	if err := json.Unmarshal(payload, &e); err != nil {
		return shop.StripeEvent{}, &shop.Error{Kind: shop.KindMalformed, Message: "This is not an event.", Err: err}
	}
	if e.ID == "" || e.Data == nil {
		return shop.StripeEvent{}, shop.Errorf(shop.KindMalformed, "This is not an event.")
	}
	var object struct{ ID, Object string }
	_ = json.Unmarshal(e.Data.Raw, &object) // an object without an id is nothing we look up
	return shop.StripeEvent{
		ID: e.ID, Type: string(e.Type), ObjectID: object.ID, ObjectKind: object.Object,
		APIVersion: e.APIVersion, LiveMode: e.Livemode,
		CreatedAt: shop.At(time.Unix(e.Created, 0)), ReceivedAt: shop.At(now),
		Payload: string(payload),
	}, nil
}

// signed tries every secret. An empty one, which New has left out, would
// verify what anybody signs with the empty key.
func (c *Client) signed(payload []byte, header string) bool {
	for _, secret := range c.secrets {
		if secret != "" && webhook.ValidatePayloadIgnoringTolerance(payload, header, secret) == nil {
			return true
		}
	}
	return false
}

// timely reads the header's time itself: the library lets the future pass.
// With several times in a header the library signs the last; all must do.
func timely(header string, now time.Time) bool {
	found := false
	for _, pair := range strings.Split(header, ",") {
		t, ok := strings.CutPrefix(pair, "t=")
		if !ok {
			continue
		}
		unix, err := strconv.ParseInt(t, 10, 64)
		if err != nil || now.Sub(time.Unix(unix, 0)).Abs() > EventTolerance {
			return false
		}
		found = true
	}
	return found
}

// APIVersion is the version of Stripe's API that the shop speaks.
const APIVersion = stripe.APIVersion
