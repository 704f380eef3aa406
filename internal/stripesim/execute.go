package stripesim

import (
	"context"
	"net/http"
)

// answer executes a call, once per idempotency key, and goes on even when the client hangs up.
func (s *Sim) answer(c *call, faults faultSet) reply {
	ctx := context.WithoutCancel(c.r.Context())
	do := c.op.read(c)
	c.expand = readExpand(c.p)
	if c.r.Method == http.MethodGet {
		return s.answerGet(ctx, c, do)
	}
	var out reply
	var emitted []string
	err := s.change(ctx, c.origin(), func(l *ledger) error {
		var err error
		out, err = l.once(c, do, faults)
		emitted = l.emitted
		return err
	})
	if err != nil {
		s.log.Error("stripesim: "+c.op.pattern, "err", err)
		return reply{err: internalError()}
	}
	if faults.has("before_reply") && out.err == nil && !out.replayed {
		s.eventsFirst(ctx, c.op, out, emitted)
	}
	return out
}

func (s *Sim) answerGet(ctx context.Context, c *call, do action) reply {
	if e := c.p.fault(); e != nil {
		return reply{err: e}
	}
	var out reply
	err := s.look(ctx, func(l *ledger) error {
		var err error
		out, err = l.run(c, do)
		return err
	})
	if err != nil {
		s.log.Error("stripesim: "+c.op.pattern, "err", err)
		return reply{err: internalError()}
	}
	return out
}

// run executes the action; a refusal is a reply, any other error is the simulator's own.
func (l *ledger) run(c *call, do action) (reply, error) {
	v, err := do(l)
	if err == nil {
		v, err = l.render(v, c.expand)
	}
	if e, ok := err.(*apiError); ok {
		return reply{err: e}, nil
	}
	if err != nil {
		return reply{}, err
	}
	return okReply(v)
}

func (c *call) origin() eventRequest {
	return eventRequest{ID: &c.id, IdempotencyKey: optional(c.key)}
}
