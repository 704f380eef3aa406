package stripesim

import "slices"

const kindDispute = "dispute"

// Dispute states. Those that begin with warning are of an inquiry, which takes no money.
const (
	warningNeedsResponse = "warning_needs_response"
	warningUnderReview   = "warning_under_review"
	warningClosed        = "warning_closed"
	needsResponse        = "needs_response"
	underReview          = "under_review"
	won                  = "won"
	lost                 = "lost"
)

const (
	// disputeTime is how many seconds a shop has to answer.
	disputeTime = 14 * 24 * 3600
	// disputeFee is what Stripe takes for a dispute, in cents, and keeps.
	disputeFee = 1500
)

type dispute struct {
	ID                   string               `json:"id"`
	Object               string               `json:"object"`
	Amount               int64                `json:"amount"`
	BalanceTransactions  []balanceTransaction `json:"balance_transactions"`
	Charge               string               `json:"charge"`
	Created              int64                `json:"created"`
	Currency             string               `json:"currency"`
	Evidence             map[string]*string   `json:"evidence"`
	EvidenceDetails      evidenceDetails      `json:"evidence_details"`
	IsChargeRefundable   bool                 `json:"is_charge_refundable"`
	Livemode             bool                 `json:"livemode"`
	Metadata             map[string]string    `json:"metadata"`
	PaymentIntent        string               `json:"payment_intent"`
	PaymentMethodDetails *disputeMethod       `json:"payment_method_details,omitempty"`
	Reason               string               `json:"reason"`
	Status               string               `json:"status"`
	Sim                  struct {
		// Missed says that nobody answered in time.
		Missed bool `json:"missed,omitempty"`
	} `json:"sim"`
}

type evidenceDetails struct {
	DueBy           *int64 `json:"due_by"`
	HasEvidence     bool   `json:"has_evidence"`
	PastDue         bool   `json:"past_due"`
	SubmissionCount int64  `json:"submission_count"`
}

type disputeMethod struct {
	Card disputeCard `json:"card"`
	Type string      `json:"type"`
}

type disputeCard struct {
	Brand             string  `json:"brand"`
	NetworkReasonCode *string `json:"network_reason_code"`
}

// balanceTransaction is money that a dispute takes out of the account, or puts back.
type balanceTransaction struct {
	ID                string      `json:"id"`
	Object            string      `json:"object"`
	Amount            int64       `json:"amount"`
	AvailableOn       int64       `json:"available_on"`
	Created           int64       `json:"created"`
	Currency          string      `json:"currency"`
	Description       *string     `json:"description"`
	ExchangeRate      *float64    `json:"exchange_rate"`
	Fee               int64       `json:"fee"`
	FeeDetails        []feeDetail `json:"fee_details"`
	Net               int64       `json:"net"`
	ReportingCategory string      `json:"reporting_category"`
	Source            string      `json:"source"`
	Status            string      `json:"status"`
	Type              string      `json:"type"`
}

type feeDetail struct {
	Amount      int64   `json:"amount"`
	Application *string `json:"application"`
	Currency    string  `json:"currency"`
	Description *string `json:"description"`
	Type        string  `json:"type"`
}

func (d *dispute) facts() facts {
	f := facts{id: d.ID, kind: kindDispute, status: d.Status, parent: d.PaymentIntent, created: d.Created}
	if d.waits() && !d.Sim.Missed {
		f.due = *d.EvidenceDetails.DueBy
	}
	return f
}

// waits says whether the shop is to answer.
func (d *dispute) waits() bool { return d.Status == needsResponse || d.Status == warningNeedsResponse }

// Decided says whether nothing more becomes of it.
func (d *dispute) Decided() bool {
	return slices.Contains([]string{won, lost, warningClosed}, d.Status)
}

// Inquiry says whether the bank only asks.
func (d *dispute) Inquiry() bool {
	return d.Status == warningNeedsResponse || d.Status == warningUnderReview
}

// dispute opens a dispute about a charge, of all that was paid or of a part; an inquiry only asks.
func (l *ledger) dispute(ch *charge, reason string, inquiry bool, amount int64) (*dispute, error) {
	old, err := children[*dispute](l.tx, kindDispute, ch.PaymentIntent)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(old, func(d *dispute) bool { return !d.Decided() }) {
		return nil, refuse("", "id", "The charge %s is disputed already.", ch.ID)
	}
	if amount <= 0 || amount > ch.AmountCaptured {
		amount = ch.AmountCaptured
	}
	due := l.now + disputeTime
	d := &dispute{
		ID: newID("dp_1", 23), Object: kindDispute, Amount: amount, BalanceTransactions: []balanceTransaction{}, Charge: ch.ID,
		Created: l.now, Currency: ch.Currency, Evidence: map[string]*string{}, EvidenceDetails: evidenceDetails{DueBy: &due},
		IsChargeRefundable: inquiry, Metadata: map[string]string{}, PaymentIntent: ch.PaymentIntent, Reason: reason, Status: needsResponse,
	}
	for _, name := range evidenceNames {
		d.Evidence[name] = nil
	}
	if c := ch.PaymentMethodDetails.Card; c != nil {
		d.PaymentMethodDetails = &disputeMethod{Card: disputeCard{Brand: c.Brand}, Type: "card"}
	}
	if inquiry {
		d.Status = warningNeedsResponse
	}
	ch.Disputed = true
	if err := l.insert(d); err != nil {
		return nil, err
	}
	if err := l.save(ch); err != nil {
		return nil, err
	}
	if err := l.emit("charge.dispute.created", d, nil); err != nil || inquiry {
		return d, err
	}
	return d, l.withdraw(d, ch)
}

// withdraw takes the disputed money out of the account and locks the charge.
func (l *ledger) withdraw(d *dispute, ch *charge) error {
	ch.Sim.Locked, d.IsChargeRefundable = true, false
	d.move(l.now, -d.Amount, disputeFee)
	if err := l.save(ch); err != nil {
		return err
	}
	if err := l.save(d); err != nil {
		return err
	}
	return l.emit("charge.dispute.funds_withdrawn", d, nil)
}

func (d *dispute) move(now, amount, fee int64) {
	t := balanceTransaction{
		ID: newID("txn_1", 23), Object: "balance_transaction", Amount: amount, AvailableOn: now, Created: now, Currency: d.Currency,
		Fee: fee, FeeDetails: []feeDetail{}, Net: amount - fee, ReportingCategory: "dispute", Source: d.Charge, Status: "available", Type: "adjustment",
	}
	if amount > 0 {
		t.ReportingCategory = "dispute_reversal"
	}
	if fee > 0 {
		t.FeeDetails = append(t.FeeDetails, feeDetail{Amount: fee, Currency: d.Currency, Description: optional("Dispute fee"), Type: "stripe_fee"})
	}
	d.BalanceTransactions = append(d.BalanceTransactions, t)
}

// decide ends a dispute. One that is won puts the money back; an inquiry can only be closed.
func (l *ledger) decide(d *dispute, to string) error {
	if d.Decided() {
		return refuse("", "id", "The dispute %s is %s already.", d.ID, d.Status)
	}
	if d.Inquiry() {
		to = warningClosed
	}
	before := map[string]any{"status": d.Status}
	d.Status = to
	ch, err := known[charge](l, kindCharge, d.Charge)
	if err != nil {
		return err
	}
	if to != lost {
		ch.Sim.Locked, d.IsChargeRefundable = false, true
	}
	if to == won {
		d.move(l.now, d.Amount, 0)
	}
	if err := l.save(ch); err != nil {
		return err
	}
	if err := l.save(d); err != nil {
		return err
	}
	if err := l.emit("charge.dispute.closed", d, before); err != nil || to != won {
		return err
	}
	return l.emit("charge.dispute.funds_reinstated", d, nil)
}

// escalate turns an inquiry into a dispute that takes the money.
func (l *ledger) escalate(d *dispute) error {
	if !d.Inquiry() {
		return refuse("", "id", "The dispute %s is no open inquiry.", d.ID)
	}
	before := map[string]any{"status": d.Status}
	due := l.now + disputeTime
	d.Status, d.EvidenceDetails.DueBy, d.Sim.Missed = needsResponse, &due, false
	ch, err := known[charge](l, kindCharge, d.Charge)
	if err != nil {
		return err
	}
	if err := l.save(d); err != nil {
		return err
	}
	if err := l.emit("charge.dispute.updated", d, before); err != nil {
		return err
	}
	return l.withdraw(d, ch)
}

// overdue is what comes of a dispute that nobody answered: it is lost, while an inquiry stays open, past its time.
func (l *ledger) overdue(d *dispute) error {
	d.Sim.Missed = true
	if d.Status == needsResponse {
		return l.decide(d, lost)
	}
	return l.save(d)
}
