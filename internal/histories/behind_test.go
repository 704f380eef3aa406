package histories_test

import (
	"context"
	"errors"
	"time"

	"longrun/internal/shop"
)

func (m *model) bring(dice [4]uint32) {
	for range 1 + dice[1]%4 {
		if e, ok := m.take(dice[0]); ok {
			m.deliver(e)
		}
	}
}

func (m *model) lose(dice [4]uint32) { m.take(dice[0]) }

func (m *model) bringAgain(dice [4]uint32) {
	if e := pick(m.post.brought, dice[0]); e.id != "" {
		m.deliver(e)
	}
}

// doJobs does so many jobs, and forgets to say that it did the last.
func (m *model) doJobs(n int, cutOff bool) (done int) {
	for ; done < n; done++ {
		// Nobody else wants the job, so its lease may be over at once.
		jobs, err := m.db.Jobs().Claim(context.Background(), 1, time.Microsecond)
		must(err, "claiming a job")
		if len(jobs) == 0 {
			return done
		}
		err = m.do(func(ctx context.Context) error { return m.doJob(ctx, jobs[0]) })
		switch {
		case errors.Is(err, errDied), cutOff && done == n-1:
		case err == nil:
			must(m.db.Jobs().Finish(context.Background(), jobs[0]), "finishing a job")
		default:
			wrong(shop.KindOf(err) == shop.KindUnavailable, "job %s %s: %v", jobs[0].Kind, jobs[0].Key, err)
			must(m.db.Jobs().Fail(context.Background(), jobs[0], 0, err), "giving a job back")
		}
	}
	return done
}

func (m *model) clock(dice [4]uint32) {
	by := pick([]time.Duration{time.Minute, 3 * time.Minute, 11 * time.Minute, 41 * time.Minute, 7 * time.Hour, 26 * time.Hour}, dice[0])
	m.advance(by)
	err := m.do(func(ctx context.Context) error { return m.checkout.Reconcile(ctx) })
	wrong(calm(err), "reconciling: %v", err)
	if by > 6*time.Hour {
		err := m.do(func(ctx context.Context) error { _, err := m.checkout.Sweep(ctx); return err })
		wrong(calm(err), "sweeping: %v", err)
	}
}

func (m *model) fault(dice [4]uint32) {
	kind := pick([]string{"cut", "cut_before", "500", "409", "429", "html502"}, dice[0])
	at := pick([]string{"", "POST /v1/checkout/sessions", "POST /v1/refunds", "GET *", "POST /v1/checkout/sessions/{id}/expire", "POST /v1/coupons"}, dice[1])
	m.faults = append(m.faults, fault{kind, at, 1 + int(dice[2]%2)})
}

func (m *model) lightFuse(dice [4]uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fuse, m.early = 1+int(dice[0]%3), dice[1]%2 == 0
}
