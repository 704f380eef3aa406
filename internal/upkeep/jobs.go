package upkeep

import (
	"context"
	"fmt"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// ReplayJob gives a dead job another life, from the first try on. One that is
// not dead, any more or yet, is left as it is: pressing twice is once.
func (s *Service) ReplayJob(ctx context.Context, who string, id shop.JobID) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		job, err := tx.Job(ctx, id)
		if err != nil {
			return err
		}
		n, err := tx.ReplayJobs(ctx, []shop.JobID{id})
		if err != nil || n == 0 {
			return err
		}
		return audit(tx, jobEntry(who, "job.replay", id), map[string]any{"kind": job.Kind, "key": job.Key, "tries": job.Attempts, "error": job.LastError})
	})
}

// replayBatch is how many jobs are replayed in one transaction.
const replayBatch = 200

// ReplayDead gives all dead jobs of a kind another life and says how many
// there were. It may be cut off and asked again.
func (s *Service) ReplayDead(ctx context.Context, who, kind string) (int, error) {
	if kind == "" {
		return 0, shop.Invalid("Choose a kind of job first.")
	}
	all := 0
	for last := shop.JobID(0); ; {
		ids, err := s.db.DeadJobs(ctx, kind, last, replayBatch)
		if err != nil || len(ids) == 0 {
			return all, err
		}
		last = slices.Min(ids)
		n := int64(0)
		err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			if n, err = tx.ReplayJobs(ctx, ids); err != nil || n == 0 {
				return err
			}
			return audit(tx, shop.AuditEntry{Who: who, Action: "job.replay_all", ThingKind: "job", ThingID: kind},
				map[string]any{"jobs": n, "from": last, "to": ids[0]})
		})
		if err != nil {
			return all, fmt.Errorf("replaying jobs: %w", err)
		}
		all += int(n)
	}
}

// RunJob lets a job that waits for a later try run now. One that does not
// wait is left as it is.
func (s *Service) RunJob(ctx context.Context, who string, id shop.JobID) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		job, err := tx.Job(ctx, id)
		if err != nil {
			return err
		}
		ran, err := tx.RunJob(ctx, id)
		if err != nil || !ran {
			return err
		}
		return audit(tx, jobEntry(who, "job.run_now", id), map[string]any{"kind": job.Kind, "key": job.Key, "before": job.RunAt})
	})
}

func jobEntry(who, action string, id shop.JobID) shop.AuditEntry {
	return shop.AuditEntry{Who: who, Action: action, ThingKind: "job", ThingID: fmt.Sprint(id)}
}

// ReplayEvent has an event of Stripe's read again. form is the key of the
// form that asks: the same form twice is once.
func (s *Service) ReplayEvent(ctx context.Context, who, id, form string) error {
	if !shop.IsFormKey(form) {
		return shop.Invalid("The form is out of date. Please load the page again.")
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		event, err := tx.StripeEvent(ctx, id)
		if err != nil {
			return err
		}
		isNew, err := tx.ReadEventAgain(ctx, id, form)
		if err != nil || !isNew {
			return err
		}
		return audit(tx, shop.AuditEntry{Who: who, Action: "event.replay", ThingKind: "event", ThingID: id},
			map[string]string{"type": event.Type, "object": event.ObjectID})
	})
}
