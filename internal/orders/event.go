package orders

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// Event does what a stored webhook asks for. It is the job of kind
// shop.JobStripeEvent and may run any number of times. Events about things
// that are not this shop's, or of no interest, end well and change nothing.
func (o *Orders) Event(ctx context.Context, id string) error {
	event, err := o.db.StripeEvent(ctx, id)
	if err != nil {
		return err
	}
	if event.LiveMode != o.pay.LiveMode() {
		o.log.Warn("an event of the other mode is ignored", "event", id, "live", event.LiveMode)
		return nil
	}
	switch err := o.about(ctx, event); {
	case shop.IsNotFound(err):
		o.log.Info("an event is about nothing of ours", "event", id, "type", event.Type)
		return nil
	case err != nil:
		return fmt.Errorf("event %s (%s): %w", id, event.Type, err)
	}
	return nil
}

func (o *Orders) about(ctx context.Context, event shop.StripeEvent) error {
	switch {
	case strings.HasPrefix(event.Type, "checkout.session."):
		_, err := o.Settle(ctx, event.ObjectID)
		return err
	case strings.HasPrefix(event.Type, "charge.dispute."):
		return o.SyncDispute(ctx, event.ObjectID)
	case event.Type == "radar.early_fraud_warning.created":
		return o.warned(ctx, event.ObjectID)
	case event.ObjectKind == "refund" || event.Type == "charge.refunded":
		return o.refundEvent(ctx, event.ObjectID)
	}
	return nil
}
