package jobs

import (
	"context"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// About makes the handler of jobs that are about one thing with an id, as
// database.PayloadFor writes it.
func About[ID ~int64](do func(ctx context.Context, id ID) error) Handler {
	return func(ctx context.Context, job shop.Job) error {
		var p database.JobPayload
		if err := json.Unmarshal([]byte(job.Payload), &p); err != nil || p.ID <= 0 {
			return unreadable(job)
		}
		return do(ctx, ID(p.ID))
	}
}

// AboutEvent makes the handler of jobs of the kind shop.JobStripeEvent.
func AboutEvent(do func(ctx context.Context, event string) error) Handler {
	return func(ctx context.Context, job shop.Job) error {
		var p struct {
			Event string `json:"event"`
		}
		if err := json.Unmarshal([]byte(job.Payload), &p); err != nil || p.Event == "" {
			return unreadable(job)
		}
		return do(ctx, p.Event)
	}
}

// With makes the handler of jobs whose payload is a value of its own. What
// cannot be read is buried.
func With[P any](do func(ctx context.Context, payload P) error) Handler {
	return func(ctx context.Context, job shop.Job) error {
		var p P
		if err := json.Unmarshal([]byte(job.Payload), &p); err != nil {
			return unreadable(job)
		}
		return do(ctx, p)
	}
}

func unreadable(job shop.Job) error {
	return fmt.Errorf("%w: the payload %q of job %d names nothing", shop.ErrPermanent, job.Payload, job.ID)
}
