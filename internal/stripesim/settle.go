package stripesim

// intentFor gives the session's payment intent for the amount now due; the first try to pay creates it.
func (l *ledger) intentFor(b *basket, w shopper) (*intent, error) {
	if b.PaymentIntent != nil {
		p, err := known[intent](l, kindIntent, *b.PaymentIntent)
		if err != nil {
			return nil, err
		}
		if p.Status != "canceled" {
			p.Amount, p.Shipping = b.AmountTotal, b.shippingTo(w)
			return p, nil
		}
	}
	memory := b.Sim.Intent
	p := &intent{
		ID: newID("pi_3", 23), Object: kindIntent, Amount: b.AmountTotal, CaptureMethod: "automatic",
		ConfirmationMethod: "automatic", Created: l.now, Currency: b.Currency, Customer: b.Customer,
		Description: optional(memory.Description), Metadata: memory.Metadata, PaymentMethodTypes: b.PaymentMethodTypes,
		ReceiptEmail: optional(memory.ReceiptEmail), Shipping: b.shippingTo(w),
		StatementDescriptorSuffix: optional(memory.Suffix), Status: "requires_payment_method",
	}
	p.ClientSecret = p.ID + newID("_secret_", 25)
	p.Sim.Session = b.ID
	if err := l.insert(p); err != nil {
		return nil, err
	}
	return p, l.emit("payment_intent.created", p, nil)
}

func (b *basket) shippingTo(w shopper) *shippingDetails {
	if b.ShippingAddressCollection == nil {
		return nil
	}
	return &shippingDetails{Address: w.address(), Name: optional(w.Name), Phone: optional(w.Phone)}
}

// newCharge is one try of a card, before the bank's answer.
func (l *ledger) newCharge(a *attempt) *charge {
	p, w, c := a.intent, a.buyer, a.card
	return &charge{
		ID: newID("ch_3", 23), Object: kindCharge, Amount: p.Amount, Created: l.now, Currency: p.Currency,
		BillingDetails: billingDetails{w.address(), optional(w.Email), optional(w.Name), optional(w.Phone)},
		Customer:       p.Customer, Description: p.Description, Metadata: p.Metadata, PaymentIntent: p.ID,
		PaymentMethod: newID("pm_1", 23), ReceiptEmail: p.ReceiptEmail, Shipping: a.shippingTo(w),
		PaymentMethodDetails: methodOf(c),
		Outcome: outcome{
			NetworkStatus: "approved_by_network", RiskLevel: "normal", RiskScore: 12,
			SellerMessage: "Payment complete.", Type: "authorized",
		},
	}
}

func (l *ledger) succeed(a *attempt) error {
	p, ch := a.intent, l.newCharge(a)
	ch.AmountCaptured, ch.Captured, ch.Paid, ch.Status = ch.Amount, true, true, "succeeded"
	ch.Sim.Refunds = a.card.Refunds
	ch.ReceiptURL = optional(l.sim.opts.BaseURL + "/pay/" + a.ID)
	p.Status, p.AmountReceived, p.LastPaymentError = "succeeded", p.Amount, nil
	p.LatestCharge, p.PaymentMethod = &ch.ID, &ch.PaymentMethod
	return l.record(p, ch, "payment_intent.succeeded", "charge.succeeded")
}

func (l *ledger) decline(a *attempt) error {
	p, ch, no := a.intent, l.newCharge(a), a.card.Refusal
	ch.Status, ch.FailureCode, ch.FailureMessage = "failed", &no.Code, &no.Message
	ch.Outcome = outcome{
		NetworkStatus: "declined_by_network", Reason: optional(no.Decline), RiskLevel: "normal", RiskScore: 12,
		SellerMessage: "The bank did not approve the payment.", Type: "issuer_declined",
	}
	p.Status, p.LatestCharge = "requires_payment_method", &ch.ID
	p.LastPaymentError = &apiError{
		Type: "card_error", Code: no.Code, DeclineCode: no.Decline, Message: no.Message, Charge: ch.ID,
	}
	return l.record(p, ch, "payment_intent.payment_failed", "charge.failed")
}

func (l *ledger) record(p *intent, ch *charge, intentEvent, chargeEvent string) error {
	if err := l.insert(ch); err != nil {
		return err
	}
	if err := l.save(p); err != nil {
		return err
	}
	if err := l.emit(intentEvent, p, nil); err != nil {
		return err
	}
	return l.emit(chargeEvent, ch, nil)
}

// completeSession closes a session that is paid, or has nothing to pay, with what the buyer entered.
func (l *ledger) completeSession(b *basket, w shopper, p *intent) error {
	b.Status, b.URL, b.PaymentStatus, b.Sim.Shopper = complete, nil, "paid", nil
	switch {
	case p == nil:
		b.PaymentStatus = "no_payment_required"
	case p.Status == "processing":
		b.PaymentStatus = "unpaid"
	}
	b.CustomerDetails = &customerDetails{
		Address: w.address(), Email: optional(w.Email), Name: optional(w.Name), Phone: optional(w.Phone), TaxExempt: "none",
		TaxIDs: []struct{}{},
	}
	b.ShippingDetails = b.shippingTo(w)
	for _, it := range b.items {
		if err := l.save(it); err != nil {
			return err
		}
	}
	if err := l.redeem(b.Sim.Coupon); err != nil {
		return err
	}
	if err := l.save(b.session); err != nil {
		return err
	}
	return l.emit("checkout.session.completed", b.session, nil)
}

// redeem counts a use of the coupon, unless it was deleted meanwhile.
func (l *ledger) redeem(id string) error {
	var off coupon
	if err := l.load(kindCoupon, id, &off); err == errNotFound {
		return nil
	} else if err != nil {
		return err
	}
	off.TimesRedeemed++
	return l.save(&off)
}
