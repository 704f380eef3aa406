package stripesim

import "strings"

// evidenceNames are the parts of evidence; files is which of them hold the id of a file, which is not simulated.
var evidenceNames = []string{
	"access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal",
	"customer_communication", "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
	"duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt",
	"refund_policy", "refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation",
	"shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
	"uncategorized_file", "uncategorized_text",
}

var evidenceFiles = map[string]bool{
	"cancellation_policy": true, "customer_communication": true, "customer_signature": true, "duplicate_charge_documentation": true,
	"receipt": true, "refund_policy": true, "service_documentation": true, "shipping_documentation": true, "uncategorized_file": true,
}

// longEvidence are the parts that may have 20000 characters; the others may have 5000.
var longEvidence = map[string]bool{
	"access_activity_log": true, "cancellation_policy_disclosure": true, "cancellation_rebuttal": true, "duplicate_charge_explanation": true,
	"product_description": true, "refund_policy_disclosure": true, "refund_refusal_explanation": true, "uncategorized_text": true,
}

// maxEvidence bounds all parts together.
const maxEvidence = 150_000

// Words in uncategorized_text that decide a dispute when it is sent, as on Stripe's own test cards.
const (
	winningEvidence  = "winning_evidence"
	losingEvidence   = "losing_evidence"
	escalateEvidence = "escalate_inquiry_evidence"
)

func getDispute(c *call) action {
	return func(l *ledger) (any, error) { return inPath[dispute](l, kindDispute, c.r.PathValue("id")) }
}

func listDisputes(c *call) action {
	q := readPage(c.p)
	q.readCreated(c.p)
	q.parent = c.p.str("payment_intent", 5000)
	of := c.p.str("charge", 5000)
	return func(l *ledger) (any, error) {
		if of != "" {
			ch, err := inParam[charge](l, kindCharge, of, "charge")
			if err != nil {
				return nil, err
			}
			q.parent = ch.PaymentIntent
		}
		return l.list(kindDispute, c.r.URL.Path, q)
	}
}

// updateDispute keeps evidence, and hands it to the bank unless submit=false.
func updateDispute(c *call) action {
	evidence := readEvidence(c)
	metadata := c.p.metadata("metadata")
	submit := !c.p.has("submit") || c.p.bool("submit")
	return func(l *ledger) (any, error) {
		d, err := inPath[dispute](l, kindDispute, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		if (len(evidence) > 0 || submit) && (!d.waits() || d.Sim.Missed) {
			return nil, refuse("", "evidence", "This dispute is %s and takes no evidence any more.", d.Status)
		}
		for name, text := range evidence {
			d.Evidence[name] = optional(text)
		}
		d.EvidenceDetails.HasEvidence = false
		for _, text := range d.Evidence {
			d.EvidenceDetails.HasEvidence = d.EvidenceDetails.HasEvidence || text != nil
		}
		for k, v := range metadata {
			d.Metadata[k] = v
		}
		withoutEmpty(d.Metadata)
		if submit && d.EvidenceDetails.HasEvidence {
			return d, l.submit(d)
		}
		if err := l.save(d); err != nil {
			return nil, err
		}
		return d, l.emit("charge.dispute.updated", d, nil)
	}
}

func readEvidence(c *call) map[string]string {
	given, total := map[string]string{}, 0
	if !c.p.has("evidence") {
		return given
	}
	part := c.p.at("evidence")
	for _, name := range evidenceNames {
		if !part.has(name) {
			continue
		}
		limit := 5000
		if longEvidence[name] {
			limit = 20_000
		}
		given[name] = part.str(name, limit)
		if total += len(given[name]); evidenceFiles[name] && given[name] != "" {
			c.p.fail(notSimulated("evidence["+name+"]", "files as evidence"))
		}
	}
	if total > maxEvidence {
		c.p.fail(refuse("", "evidence", "The combined character count of all evidence fields is limited to %d.", maxEvidence))
	}
	return given
}

// submit hands the evidence to the bank, whose mind the words in it may make up at once.
func (l *ledger) submit(d *dispute) error {
	before := map[string]any{"status": d.Status}
	d.EvidenceDetails.SubmissionCount++
	d.Status = map[string]string{needsResponse: underReview, warningNeedsResponse: warningUnderReview}[d.Status]
	if err := l.save(d); err != nil {
		return err
	}
	if err := l.emit("charge.dispute.updated", d, before); err != nil {
		return err
	}
	text := ""
	if t := d.Evidence["uncategorized_text"]; t != nil {
		text = *t
	}
	switch {
	case d.Inquiry() && strings.Contains(text, escalateEvidence):
		return l.escalate(d)
	case strings.Contains(text, winningEvidence):
		return l.decide(d, won)
	case strings.Contains(text, losingEvidence):
		return l.decide(d, lost)
	}
	return nil
}

// closeDispute gives a dispute up.
func closeDispute(c *call) action {
	return func(l *ledger) (any, error) {
		d, err := inPath[dispute](l, kindDispute, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		return d, l.decide(d, lost)
	}
}
