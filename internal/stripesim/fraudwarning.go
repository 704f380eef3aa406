package stripesim

const kindWarning = "radar.early_fraud_warning"

// fraudWarning says that the bank of a card takes a payment for fraud, before anybody disputes it.
type fraudWarning struct {
	ID            string `json:"id"`
	Object        string `json:"object"`
	Actionable    bool   `json:"actionable"`
	Charge        string `json:"charge"`
	Created       int64  `json:"created"`
	FraudType     string `json:"fraud_type"`
	Livemode      bool   `json:"livemode"`
	PaymentIntent string `json:"payment_intent"`
}

func (w *fraudWarning) facts() facts {
	return facts{id: w.ID, kind: kindWarning, parent: w.PaymentIntent, created: w.Created}
}

// warn tells of a charge that its bank takes for fraud.
func (l *ledger) warn(ch *charge) error {
	w := &fraudWarning{
		ID: newID("issfr_1", 23), Object: kindWarning, Actionable: true, Charge: ch.ID, Created: l.now,
		FraudType: "made_with_stolen_card", PaymentIntent: ch.PaymentIntent,
	}
	if err := l.insert(w); err != nil {
		return err
	}
	return l.emit("radar.early_fraud_warning.created", w, nil)
}

func getWarning(c *call) action {
	return func(l *ledger) (any, error) {
		return inPath[fraudWarning](l, kindWarning, c.r.PathValue("id"))
	}
}

func listWarnings(c *call) action {
	q := readPage(c.p)
	q.parent = c.p.str("payment_intent", 5000)
	return func(l *ledger) (any, error) { return l.list(kindWarning, c.r.URL.Path, q) }
}
