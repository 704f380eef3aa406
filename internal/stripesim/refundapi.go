package stripesim

import "fmt"

// createRefund answers POST /v1/refunds: the whole remainder, or a part of it.
func createRefund(c *call) action {
	r := &refund{
		ID: newID("re_3", 23), Object: kindRefund, PaymentIntent: c.p.str("payment_intent", 5000),
		Charge: c.p.str("charge", 5000), Metadata: withoutEmpty(c.p.metadata("metadata")), Status: "succeeded",
		Reason: optional(c.p.enum("reason", "", "duplicate", "fraudulent", "requested_by_customer")),
	}
	amount := c.p.between("amount", 1, maxCents)
	if r.PaymentIntent == "" && r.Charge == "" {
		c.p.fail(refuse("parameter_missing", "charge",
			"One of the following params should be provided for this request: payment_intent or charge."))
	}
	return func(l *ledger) (any, error) { return r, l.giveBack(r, amount) }
}

// giveBack refunds an amount, or all that is left of the charge.
func (l *ledger) giveBack(r *refund, amount *int64) error {
	ch, err := l.chargeToRefund(r)
	if err != nil {
		return err
	}
	r.Charge, r.PaymentIntent, r.Currency, r.Created = ch.ID, ch.PaymentIntent, ch.Currency, l.now
	left := ch.AmountCaptured - ch.AmountRefunded
	if left == 0 {
		return refuse("charge_already_refunded", "", "Charge %s has already been refunded.", ch.ID)
	}
	r.Amount = left
	if amount != nil {
		r.Amount = *amount
	}
	if r.Amount > left {
		return refuse("", "amount", "Refund amount (%s) is greater than unrefunded amount on charge (%s)",
			dollars(r.Amount), dollars(left))
	}
	return l.refund(r, ch)
}

// chargeToRefund finds the paid charge that a new refund names.
func (l *ledger) chargeToRefund(r *refund) (*charge, error) {
	if r.PaymentIntent != "" {
		p, err := inParam[intent](l, kindIntent, r.PaymentIntent, "payment_intent")
		if err != nil {
			return nil, err
		}
		if p.Status != "succeeded" {
			return nil, refuse("", "payment_intent",
				"This PaymentIntent (%s) does not have a successful charge to refund.", p.ID)
		}
		if r.Charge != "" && r.Charge != *p.LatestCharge {
			return nil, refuse("", "charge", "The charge %s does not belong to PaymentIntent %s.", r.Charge, p.ID)
		}
		r.Charge = *p.LatestCharge
	}
	ch, err := inParam[charge](l, kindCharge, r.Charge, "charge")
	if err != nil {
		return nil, err
	}
	if !ch.Paid {
		return nil, refuse("", "charge", "Charge %s cannot be refunded because it did not succeed.", ch.ID)
	}
	if ch.Sim.Locked {
		return nil, refuse("charge_disputed", "", "Charge %s has been charged back; cannot issue a refund.", ch.ID)
	}
	return ch, nil
}

func (l *ledger) refund(r *refund, ch *charge) error {
	switch ch.Sim.Refunds {
	case refundsSlowly:
		r.Status, r.Sim.Due = "pending", l.now+refundWait
	case refundsFail:
		r.Sim.Due = l.now + refundWait
	}
	ch.AmountRefunded += r.Amount
	ch.Refunded = ch.AmountRefunded == ch.AmountCaptured
	if err := l.insert(r); err != nil {
		return err
	}
	if err := l.save(ch); err != nil {
		return err
	}
	if err := l.emit("refund.created", r, nil); err != nil {
		return err
	}
	if err := l.emit("charge.refund.updated", r, nil); err != nil {
		return err
	}
	return l.emit("charge.refunded", ch, map[string]any{"amount_refunded": ch.AmountRefunded - r.Amount})
}

// refundWait is how many seconds the bank of a refund test card takes to say what became of the money.
const refundWait = 30

// ripen says what became of a refund whose time has come: a slow one has succeeded, any other has failed, and its money
// is back in the account.
func (l *ledger) ripen(r *refund) error {
	before := map[string]any{"status": r.Status}
	r.Sim.Due = 0
	if r.Status == "pending" {
		r.Status = "succeeded"
	} else {
		r.Status, r.FailureReason = "failed", "expired_or_canceled_card"
		ch, err := known[charge](l, kindCharge, r.Charge)
		if err != nil {
			return err
		}
		ch.AmountRefunded -= r.Amount
		ch.Refunded = false
		if err := l.save(ch); err != nil {
			return err
		}
	}
	if err := l.save(r); err != nil {
		return err
	}
	if err := l.emit("refund.updated", r, before); err != nil {
		return err
	}
	return l.emit("charge.refund.updated", r, before)
}

func getRefund(c *call) action {
	return func(l *ledger) (any, error) { return inPath[refund](l, kindRefund, c.r.PathValue("id")) }
}

func listRefunds(c *call) action {
	q := readPage(c.p)
	q.readCreated(c.p)
	q.parent = c.p.str("payment_intent", 5000)
	return func(l *ledger) (any, error) { return l.list(kindRefund, c.r.URL.Path, q) }
}

// updateRefund changes metadata, the one thing a refund lets go of.
func updateRefund(c *call) action {
	changes := c.p.metadata("metadata")
	return func(l *ledger) (any, error) {
		r, err := inPath[refund](l, kindRefund, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		previous := map[string]any{}
		for k, v := range changes {
			if old, ok := r.Metadata[k]; ok {
				previous[k] = old
			} else {
				previous[k] = nil
			}
			r.Metadata[k] = v
		}
		withoutEmpty(r.Metadata)
		if err := l.save(r); err != nil {
			return nil, err
		}
		return r, l.emit("charge.refund.updated", r, map[string]any{"metadata": previous})
	}
}

// dollars writes cents as Stripe's messages do.
func dollars(cents int64) string { return fmt.Sprintf("$%d.%02d", cents/100, cents%100) }
