package stripesim

import "strings"

func getIntent(c *call) action {
	return func(l *ledger) (any, error) {
		return inPath[intent](l, kindIntent, c.r.PathValue("id"))
	}
}

func listIntents(c *call) action {
	q := readPage(c.p)
	q.readCreated(c.p)
	q.parent = c.p.str("customer", 5000)
	return func(l *ledger) (any, error) { return l.list(kindIntent, c.r.URL.Path, q) }
}

func cancelIntent(c *call) action {
	reason := c.p.enum("cancellation_reason", "", "abandoned", "duplicate", "fraudulent", "requested_by_customer")
	return func(l *ledger) (any, error) {
		p, err := inPath[intent](l, kindIntent, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		if p.Status == "succeeded" || p.Status == "canceled" {
			return nil, refuse("payment_intent_unexpected_state", "",
				"You cannot cancel this PaymentIntent because it has a status of %s.", p.Status)
		}
		return p, l.cancel(p, reason)
	}
}

// cancel ends a payment intent that has not succeeded.
func (l *ledger) cancel(p *intent, reason string) error {
	p.Status, p.CanceledAt, p.CancellationReason = "canceled", &l.now, optional(reason)
	p.NextAction, p.Sim.Card = nil, nil
	if err := l.save(p); err != nil {
		return err
	}
	return l.emit("payment_intent.canceled", p, nil)
}

func getCharge(c *call) action {
	return func(l *ledger) (any, error) { return inPath[charge](l, kindCharge, c.r.PathValue("id")) }
}

// balance is the account's money: charges less refunds, disputes not counted; Stripe's fees are not simulated.
type balance struct {
	Object    string  `json:"object"`
	Available []money `json:"available"`
	Livemode  bool    `json:"livemode"`
	Pending   []money `json:"pending"`
}

func getBalance(*call) action {
	return func(l *ledger) (any, error) {
		b := &balance{Object: "balance", Available: []money{{0, "usd"}}, Pending: []money{{0, "usd"}}}
		return b, l.QueryRowContext(l.ctx, `SELECT coalesce(sum(body->>'amount_captured' - body->>'amount_refunded'), 0)
			FROM objects WHERE kind=? AND status='succeeded'`, kindCharge).Scan(&b.Available[0].Amount)
	}
}

// taxCode is one category of Stripe Tax.
type taxCode struct {
	ID          string `json:"id"`
	Object      string `json:"object"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

var taxCodes = map[string]string{
	"txcd_30011000": "Clothing and Footwear", "txcd_92010001": "Shipping", "txcd_99999999": "General - Tangible Goods",
}

func getTaxCode(c *call) action {
	return func(*ledger) (any, error) {
		id := c.r.PathValue("id")
		name, ok := taxCodes[id]
		if !ok {
			return nil, noSuch("tax code", id, "id", 404)
		}
		return &taxCode{id, "tax_code", name, strings.TrimSuffix(name, ".") + "."}, nil
	}
}
