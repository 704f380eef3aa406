package stripesim

// bankTime is how many seconds a payment by bank is on its way.
const bankTime = 3 * 24 * 3600

// bankFate is what becomes of a payment by bank.
type bankFate string

const (
	bankPays  bankFate = "pays"
	bankFails bankFate = "fails"
)

// payByBank completes a session whose money is still on its way.
func (l *ledger) payByBank(a *attempt) (*payment, error) {
	p := a.intent
	if err := l.keepCustomer(a.basket, a.buyer); err != nil {
		return nil, err
	}
	a.PaymentIntent, p.Customer = &p.ID, a.Customer
	ch := l.newCharge(a)
	ch.Status = "pending"
	p.Status, p.LatestCharge, p.PaymentMethod = "processing", &ch.ID, &ch.PaymentMethod
	p.LastPaymentError, p.Sim.Bank, p.Sim.Due = nil, a.card.Bank, l.now+bankTime
	if err := l.record(p, ch, "payment_intent.processing", "charge.pending"); err != nil {
		return nil, err
	}
	return &payment{State: "processing", Session: a.session, Intent: p}, l.completeSession(a.basket, a.buyer, p)
}

// bankSays ends a payment that was on its way: the money has come, or it will not.
func (l *ledger) bankSays(p *intent) error {
	ch, err := known[charge](l, kindCharge, *p.LatestCharge)
	if err != nil {
		return err
	}
	s, err := known[session](l, kindSession, p.Sim.Session)
	if err != nil {
		return err
	}
	p.Sim.Due = 0
	kinds := []string{"payment_intent.succeeded", "charge.succeeded", "checkout.session.async_payment_succeeded"}
	if p.Sim.Bank == bankFails {
		kinds = []string{"payment_intent.payment_failed", "charge.failed", "checkout.session.async_payment_failed"}
		no := bankRefusal
		ch.Status, ch.FailureCode, ch.FailureMessage = "failed", &no.Code, &no.Message
		p.Status, p.LastPaymentError = "requires_payment_method", &apiError{Type: "card_error", Code: no.Code, Message: no.Message, Charge: ch.ID}
	} else {
		ch.AmountCaptured, ch.Captured, ch.Paid, ch.Status = ch.Amount, true, true, "succeeded"
		p.Status, p.AmountReceived, s.PaymentStatus = "succeeded", p.Amount, "paid"
	}
	for i, o := range []object{p, ch, s} {
		if err := l.save(o); err != nil {
			return err
		}
		if err := l.emit(kinds[i], o, nil); err != nil {
			return err
		}
	}
	return nil
}

var bankRefusal = &refusal{"insufficient_funds", "", "The bank account has insufficient funds."}

// methodOf is what a charge shows of how it was paid.
func methodOf(c *card) methodDetails {
	if c.Bank != "" {
		return methodDetails{Type: "us_bank_account", Bank: &bankDetails{BankName: optional("STRIPE TEST BANK"), Last4: optional("6789")}}
	}
	return methodDetails{Type: "card", Card: &cardDetails{
		Brand: c.Brand, Country: "US", ExpMonth: c.ExpMonth, ExpYear: c.ExpYear, Funding: "credit", Last4: c.Last4, Network: c.Brand,
	}}
}
