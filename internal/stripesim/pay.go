package stripesim

// shopper is what the buyer enters on the hosted page, without the card.
type shopper struct {
	Email      string `json:"email"`
	Name       string `json:"name"`
	Line1      string `json:"line1"`
	Line2      string `json:"line2"`
	City       string `json:"city"`
	State      string `json:"state"`
	PostalCode string `json:"postal_code"`
	Country    string `json:"country"`
	Phone      string `json:"phone"`
	// Rate is the shipping rate chosen; empty takes the first.
	Rate string `json:"rate"`
}

func (w shopper) address() *address {
	return &address{
		City: optional(w.City), Country: optional(w.Country), Line1: optional(w.Line1), Line2: optional(w.Line2),
		PostalCode: optional(w.PostalCode), State: optional(w.State),
	}
}

// payment is how a press on Pay ended.
type payment struct {
	// State is paid, declined, authenticate (3-D Secure is asked for) or closed (the session was not open any more).
	State   string
	Session *session
	Intent  *intent
	Refusal *refusal
	// Events are the ids of the events it caused.
	Events []string
}

// basket is a session with what its totals are made from.
type basket struct {
	*session
	items []*item
	rates []*shippingRate
	// First is what the page begins with for a customer it knows.
	First shopper
}

// basket loads a session with its items and shipping rates.
func (l *ledger) basket(id string) (*basket, error) {
	s, err := inPath[session](l, kindSession, id)
	if err != nil {
		return nil, err
	}
	b := &basket{session: s}
	if b.items, err = children[*item](l.tx, kindItem, id); err != nil {
		return nil, err
	}
	for _, o := range s.ShippingOptions {
		r, err := known[shippingRate](l, kindShippingRate, o.ShippingRate)
		if err != nil {
			return nil, err
		}
		b.rates = append(b.rates, r)
	}
	return b, nil
}

// totalFor computes the totals for what the buyer has entered so far; without a country there is no tax yet.
func (b *basket) totalFor(w shopper, now int64) {
	var rate *shippingRate
	for i, r := range b.rates {
		if i == 0 || r.ID == w.Rate {
			rate = r
		}
	}
	var where *jurisdiction
	if b.AutomaticTax.Enabled && w.Country != "" && (w.Country != "US" || w.State != "") {
		j := jurisdictionOf(w.Country, w.State)
		where = &j
		b.AutomaticTax.Status = optional(complete)
	}
	b.total(rate, where, now)
}

// pay tries to pay an open session; c is nil only when nothing is due.
func (l *ledger) pay(id string, w shopper, c *card) (*payment, error) {
	b, err := l.basket(id)
	if err != nil {
		return nil, err
	}
	if b.Status == open && b.ExpiresAt <= l.now {
		if err := l.expire(b.session); err != nil {
			return nil, err
		}
	}
	if b.Status != open {
		return &payment{State: "closed", Session: b.session}, nil
	}
	before := *b.session
	b.totalFor(w, l.now)
	if b.AmountTotal == 0 {
		if err := l.keepCustomer(b, w); err != nil {
			return nil, err
		}
		return &payment{State: "paid", Session: b.session}, l.completeSession(b, w, nil)
	}
	p, err := l.intentFor(b, w)
	if err != nil {
		return nil, err
	}
	before.PaymentIntent = &p.ID
	if c.Secure {
		before.Sim.Shopper = &w
		p.Status, p.Sim.Card = "requires_action", c
		p.NextAction = &nextAction{"redirect_to_url", redirectToURL{b.SuccessURL, l.sim.authenticateURL(id)}}
		if err := l.save(p); err != nil {
			return nil, err
		}
		if err := l.emit("payment_intent.requires_action", p, nil); err != nil {
			return nil, err
		}
		return &payment{State: "authenticate", Session: &before, Intent: p}, l.save(&before)
	}
	return l.settle(&attempt{b, &before, p, w, c})
}

// authenticate ends the 3-D Secure check of a session: passed goes on to the bank's answer.
func (l *ledger) authenticate(id string, passed bool) (*payment, error) {
	b, err := l.basket(id)
	if err != nil {
		return nil, err
	}
	if b.Status != open || b.PaymentIntent == nil || b.Sim.Shopper == nil {
		return &payment{State: "closed", Session: b.session}, nil
	}
	p, err := known[intent](l, kindIntent, *b.PaymentIntent)
	if err != nil {
		return nil, err
	}
	if p.Status != "requires_action" || p.Sim.Card == nil {
		return &payment{State: "closed", Session: b.session}, nil
	}
	w, c := *b.Sim.Shopper, *p.Sim.Card
	before := *b.session
	before.Sim.Shopper = nil
	if !passed {
		c.Refusal = authenticationFailed
	}
	b.totalFor(w, l.now)
	return l.settle(&attempt{b, &before, p, w, &c})
}

// attempt is one try of a card at an open session: before is the session as a refusal leaves it.
type attempt struct {
	*basket
	before *session
	intent *intent
	buyer  shopper
	card   *card
}

// settle writes down the bank's answer. A refusal leaves the session as it was before, open to another card.
func (l *ledger) settle(a *attempt) (*payment, error) {
	p := a.intent
	p.NextAction, p.Sim.Card = nil, nil
	if no := a.card.Refusal; no != nil {
		if err := l.decline(a); err != nil {
			return nil, err
		}
		return &payment{State: "declined", Session: a.before, Intent: p, Refusal: no}, l.save(a.before)
	}
	if err := l.keepCustomer(a.basket, a.buyer); err != nil {
		return nil, err
	}
	a.PaymentIntent, p.Customer = &p.ID, a.Customer
	if err := l.succeed(a); err != nil {
		return nil, err
	}
	return &payment{State: "paid", Session: a.session, Intent: p}, l.completeSession(a.basket, a.buyer, p)
}
