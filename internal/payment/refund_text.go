package payment

// failureText says in plain words why a refund failed
// (docs.stripe.com/api/refunds/object, failure_reason).
func failureText(reason, status string) string {
	switch {
	case status == "canceled":
		return "it was cancelled at Stripe"
	case reason == "lost_or_stolen_card":
		return "the card was lost or stolen"
	case reason == "expired_or_canceled_card":
		return "the card has expired or was cancelled"
	}
	return "the bank did not say why"
}

// RefundRefusal says in plain words why Stripe would not give money back.
func RefundRefusal(r *Refusal) string {
	switch r.Code {
	case "charge_already_refunded":
		return "all of this payment has been given back at Stripe already"
	case "charge_disputed":
		return "the payment is disputed, so Stripe gives nothing back until that is decided"
	case "resource_missing":
		return "Stripe does not know this payment"
	}
	if r.Param == "amount" {
		return "less is left of this payment at Stripe: " + r.Message
	}
	return "Stripe says: " + r.Message
}
