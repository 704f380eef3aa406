package stripesim

const (
	kindIntent = "payment_intent"
	kindCharge = "charge"
	kindRefund = "refund"
)

// intent is a PaymentIntent: requires_action, requires_payment_method, succeeded or canceled.
type intent struct {
	ID                        string            `json:"id"`
	Object                    string            `json:"object"`
	Amount                    int64             `json:"amount"`
	AmountCapturable          int64             `json:"amount_capturable"`
	AmountReceived            int64             `json:"amount_received"`
	CanceledAt                *int64            `json:"canceled_at"`
	CancellationReason        *string           `json:"cancellation_reason"`
	CaptureMethod             string            `json:"capture_method"`
	ClientSecret              string            `json:"client_secret"`
	ConfirmationMethod        string            `json:"confirmation_method"`
	Created                   int64             `json:"created"`
	Currency                  string            `json:"currency"`
	Customer                  *string           `json:"customer"`
	Description               *string           `json:"description"`
	Invoice                   *string           `json:"invoice"`
	LastPaymentError          *apiError         `json:"last_payment_error"`
	LatestCharge              *string           `json:"latest_charge"`
	Livemode                  bool              `json:"livemode"`
	Metadata                  map[string]string `json:"metadata"`
	NextAction                *nextAction       `json:"next_action"`
	PaymentMethod             *string           `json:"payment_method"`
	PaymentMethodOptions      struct{}          `json:"payment_method_options"`
	PaymentMethodTypes        []string          `json:"payment_method_types"`
	Processing                *struct{}         `json:"processing"`
	ReceiptEmail              *string           `json:"receipt_email"`
	Shipping                  *shippingDetails  `json:"shipping"`
	StatementDescriptor       *string           `json:"statement_descriptor"`
	StatementDescriptorSuffix *string           `json:"statement_descriptor_suffix"`
	Status                    string            `json:"status"`
	Sim                       struct {
		Session string `json:"session"`
		// Card is brand, last four digits and what becomes of it, while 3-D Secure is open.
		Card *card `json:"card,omitempty"`
		// Bank is what becomes of a payment by bank, at Due.
		Bank bankFate `json:"bank,omitempty"`
		Due  int64    `json:"due,omitempty"`
	} `json:"sim"`
}

type nextAction struct {
	Type          string        `json:"type"`
	RedirectToURL redirectToURL `json:"redirect_to_url"`
}

type redirectToURL struct {
	ReturnURL *string `json:"return_url"`
	URL       string  `json:"url"`
}

func (p *intent) facts() facts {
	f := facts{id: p.ID, kind: kindIntent, status: p.Status, created: p.Created, due: p.Sim.Due}
	if p.Customer != nil {
		f.parent = *p.Customer
	}
	return f
}

type charge struct {
	ID                   string            `json:"id"`
	Object               string            `json:"object"`
	Amount               int64             `json:"amount"`
	AmountCaptured       int64             `json:"amount_captured"`
	AmountRefunded       int64             `json:"amount_refunded"`
	BalanceTransaction   *string           `json:"balance_transaction"`
	BillingDetails       billingDetails    `json:"billing_details"`
	Captured             bool              `json:"captured"`
	Created              int64             `json:"created"`
	Currency             string            `json:"currency"`
	Customer             *string           `json:"customer"`
	Description          *string           `json:"description"`
	Disputed             bool              `json:"disputed"`
	FailureCode          *string           `json:"failure_code"`
	FailureMessage       *string           `json:"failure_message"`
	FraudDetails         struct{}          `json:"fraud_details"`
	Invoice              *string           `json:"invoice"`
	Livemode             bool              `json:"livemode"`
	Metadata             map[string]string `json:"metadata"`
	Outcome              outcome           `json:"outcome"`
	Paid                 bool              `json:"paid"`
	PaymentIntent        string            `json:"payment_intent"`
	PaymentMethod        string            `json:"payment_method"`
	PaymentMethodDetails methodDetails     `json:"payment_method_details"`
	ReceiptEmail         *string           `json:"receipt_email"`
	ReceiptNumber        *string           `json:"receipt_number"`
	ReceiptURL           *string           `json:"receipt_url"`
	Refunded             bool              `json:"refunded"`
	Shipping             *shippingDetails  `json:"shipping"`
	StatementDescriptor  *string           `json:"statement_descriptor"`
	Status               string            `json:"status"`
	Sim                  struct {
		Refunds refundFate `json:"refunds,omitempty"`
		// Locked says that a dispute keeps the money from going back.
		Locked bool `json:"locked,omitempty"`
	} `json:"sim"`
}

func (c *charge) facts() facts {
	return facts{id: c.ID, kind: kindCharge, status: c.Status, parent: c.PaymentIntent, created: c.Created}
}

type billingDetails struct {
	Address *address `json:"address"`
	Email   *string  `json:"email"`
	Name    *string  `json:"name"`
	Phone   *string  `json:"phone"`
}

type outcome struct {
	NetworkStatus string  `json:"network_status"`
	Reason        *string `json:"reason"`
	RiskLevel     string  `json:"risk_level"`
	RiskScore     int64   `json:"risk_score"`
	SellerMessage string  `json:"seller_message"`
	Type          string  `json:"type"`
}

type methodDetails struct {
	Card *cardDetails `json:"card,omitempty"`
	Bank *bankDetails `json:"us_bank_account,omitempty"`
	Type string       `json:"type"`
}

type bankDetails struct {
	AccountHolderType *string `json:"account_holder_type"`
	AccountType       *string `json:"account_type"`
	BankName          *string `json:"bank_name"`
	Fingerprint       *string `json:"fingerprint"`
	Last4             *string `json:"last4"`
	RoutingNumber     *string `json:"routing_number"`
}

type cardDetails struct {
	Brand    string `json:"brand"`
	Country  string `json:"country"`
	ExpMonth int    `json:"exp_month"`
	ExpYear  int    `json:"exp_year"`
	Funding  string `json:"funding"`
	Last4    string `json:"last4"`
	Network  string `json:"network"`
}

type refund struct {
	ID                     string            `json:"id"`
	Object                 string            `json:"object"`
	Amount                 int64             `json:"amount"`
	BalanceTransaction     *string           `json:"balance_transaction"`
	Charge                 string            `json:"charge"`
	Created                int64             `json:"created"`
	Currency               string            `json:"currency"`
	FailureReason          string            `json:"failure_reason,omitempty"`
	Metadata               map[string]string `json:"metadata"`
	PaymentIntent          string            `json:"payment_intent"`
	Reason                 *string           `json:"reason"`
	ReceiptNumber          *string           `json:"receipt_number"`
	SourceTransferReversal *string           `json:"source_transfer_reversal"`
	Status                 string            `json:"status"`
	TransferReversal       *string           `json:"transfer_reversal"`
	Sim                    struct {
		// Due is when its bank says something further, 0 for never.
		Due int64 `json:"due,omitempty"`
	} `json:"sim"`
}

func (r *refund) facts() facts {
	return facts{id: r.ID, kind: kindRefund, status: r.Status, parent: r.PaymentIntent, created: r.Created, due: r.Sim.Due}
}
