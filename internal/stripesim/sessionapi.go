package stripesim

import "fmt"

// createSession answers POST /v1/checkout/sessions.
func createSession(c *call) action {
	d := readSession(c.p, c.now)
	return func(l *ledger) (any, error) {
		s := &d.session
		s.Created = l.now
		s.URL = optional(l.sim.opts.BaseURL + "/pay/" + s.ID)
		off, err := l.checkBuyer(s)
		if err != nil {
			return nil, err
		}
		var sum int64
		for _, it := range d.items {
			sum += it.Price.UnitAmount * it.Quantity
		}
		if sum > maxCents {
			return nil, tooLarge()
		}
		s.Sim.Off = off
		(&basket{session: s, items: d.items, rates: d.rates}).totalFor(shopper{}, l.now)
		switch {
		case s.AmountTotal > 0 && s.AmountTotal < minCents:
			return nil, refuse("amount_too_small", "",
				"The Checkout Session's total amount due must add up to at least $0.50 usd")
		case s.AmountTotal > maxCents:
			return nil, tooLarge()
		}
		return s, l.insertDraft(d)
	}
}

func tooLarge() *apiError {
	return refuse("amount_too_large", "", "The Checkout Session's total amount must be no more than $999,999.99")
}

// checkBuyer looks up the customer and the coupon that a new session names.
func (l *ledger) checkBuyer(s *session) (*coupon, error) {
	if s.Customer != nil {
		who, err := inParam[customer](l, kindCustomer, *s.Customer, "customer")
		if err != nil {
			return nil, err
		}
		update := s.Sim.CustomerUpdate
		if s.AutomaticTax.Enabled && who.Address == nil && update["address"] != "auto" && update["shipping"] != "auto" {
			return nil, refuse("customer_tax_location_invalid", "customer",
				"Automatic tax calculation in Checkout requires a valid address on the Customer. "+
					"Add a valid address to the Customer or set either `customer_update[address]` or `customer_update[shipping]` to 'auto'.")
		}
	}
	if s.Sim.Coupon == "" {
		return nil, nil
	}
	off, err := inParam[coupon](l, kindCoupon, s.Sim.Coupon, "discounts[0][coupon]")
	if err != nil {
		return nil, err
	}
	if !off.usable(l.now) {
		return nil, refuse("coupon_expired", "discounts[0][coupon]",
			"Coupon %s is used up or past its date and cannot be applied.", off.ID)
	}
	return off, nil
}

func (l *ledger) insertDraft(d *draft) error {
	for _, p := range d.products {
		p.Active = true
		if err := l.insert(p); err != nil {
			return err
		}
	}
	for _, r := range d.rates {
		if err := l.insert(r); err != nil {
			return err
		}
	}
	for _, it := range d.items {
		if err := l.insert(it); err != nil {
			return err
		}
	}
	return l.insert(&d.session)
}

func getSession(c *call) action {
	return func(l *ledger) (any, error) { return inPath[session](l, kindSession, c.r.PathValue("id")) }
}

func listSessions(c *call) action {
	q := readPage(c.p)
	q.parent = c.p.str("payment_intent", 5000)
	q.readCreated(c.p)
	q.status = c.p.enum("status", "", open, complete, expired)
	return func(l *ledger) (any, error) { return l.list(kindSession, c.r.URL.Path, q) }
}

func listLineItems(c *call) action {
	q := readPage(c.p)
	q.parent, q.oldestFirst = c.r.PathValue("id"), true
	return func(l *ledger) (any, error) {
		if _, err := inPath[session](l, kindSession, q.parent); err != nil {
			return nil, err
		}
		return l.list(kindItem, c.r.URL.Path, q)
	}
}

func expireSession(c *call) action {
	return func(l *ledger) (any, error) {
		s, err := inPath[session](l, kindSession, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		if s.Status != open {
			return nil, refuse("", "", "Only Checkout Sessions with a status in [\"open\"] can be expired. "+
				"This Checkout Session has a status of `%s`.", s.Status)
		}
		return s, l.expire(s)
	}
}

// expire closes an open session for good: nobody can pay it from then on.
func (l *ledger) expire(s *session) error {
	if s.Status != open {
		return fmt.Errorf("stripesim: expire a session that is %s", s.Status)
	}
	s.Status, s.URL, s.Sim.Shopper = expired, nil, nil
	if err := l.save(s); err != nil {
		return err
	}
	if s.PaymentIntent != nil {
		p, err := known[intent](l, kindIntent, *s.PaymentIntent)
		if err != nil {
			return err
		}
		if err := l.cancel(p, "abandoned"); err != nil {
			return err
		}
	}
	return l.emit("checkout.session.expired", s, nil)
}
