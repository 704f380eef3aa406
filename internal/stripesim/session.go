package stripesim

// The JSON names below are Stripe's; a field that is always null here is left out when Stripe's clients do not miss it.

const kindSession = "checkout.session"

// Session states.
const (
	open     = "open"
	complete = "complete"
	expired  = "expired"
)

type session struct {
	ID                        string              `json:"id"`
	Object                    string              `json:"object"`
	AfterExpiration           *struct{}           `json:"after_expiration"`
	AllowPromotionCodes       *bool               `json:"allow_promotion_codes"`
	AmountSubtotal            int64               `json:"amount_subtotal"`
	AmountTotal               int64               `json:"amount_total"`
	AutomaticTax              automaticTax        `json:"automatic_tax"`
	BillingAddressCollection  *string             `json:"billing_address_collection"`
	CancelURL                 *string             `json:"cancel_url"`
	ClientReferenceID         *string             `json:"client_reference_id"`
	ClientSecret              *string             `json:"client_secret"`
	Consent                   *struct{}           `json:"consent"`
	ConsentCollection         *struct{}           `json:"consent_collection"`
	Created                   int64               `json:"created"`
	Currency                  string              `json:"currency"`
	CustomFields              []struct{}          `json:"custom_fields"`
	CustomText                customText          `json:"custom_text"`
	Customer                  *string             `json:"customer"`
	CustomerCreation          *string             `json:"customer_creation"`
	CustomerDetails           *customerDetails    `json:"customer_details"`
	CustomerEmail             *string             `json:"customer_email"`
	ExpiresAt                 int64               `json:"expires_at"`
	Invoice                   *string             `json:"invoice"`
	InvoiceCreation           *struct{}           `json:"invoice_creation"`
	Livemode                  bool                `json:"livemode"`
	Locale                    *string             `json:"locale"`
	Metadata                  map[string]string   `json:"metadata"`
	Mode                      string              `json:"mode"`
	PaymentIntent             *string             `json:"payment_intent"`
	PaymentLink               *string             `json:"payment_link"`
	PaymentMethodCollection   string              `json:"payment_method_collection"`
	PaymentMethodOptions      struct{}            `json:"payment_method_options"`
	PaymentMethodTypes        []string            `json:"payment_method_types"`
	PaymentStatus             string              `json:"payment_status"`
	PhoneNumberCollection     enabled             `json:"phone_number_collection"`
	RecoveredFrom             *string             `json:"recovered_from"`
	SetupIntent               *string             `json:"setup_intent"`
	ShippingAddressCollection *shippingCollection `json:"shipping_address_collection"`
	ShippingCost              *shippingCost       `json:"shipping_cost"`
	ShippingDetails           *shippingDetails    `json:"shipping_details"`
	ShippingOptions           []shippingOption    `json:"shipping_options"`
	Status                    string              `json:"status"`
	SubmitType                *string             `json:"submit_type"`
	Subscription              *string             `json:"subscription"`
	SuccessURL                *string             `json:"success_url"`
	TotalDetails              totalDetails        `json:"total_details"`
	UIMode                    string              `json:"ui_mode"`
	URL                       *string             `json:"url"`
	Sim                       sessionMemory       `json:"sim"`
}

// sessionMemory is what a session remembers and no answer shows.
type sessionMemory struct {
	Coupon         string            `json:"coupon,omitempty"`
	Off            *coupon           `json:"off,omitempty"`
	CustomerUpdate map[string]string `json:"customer_update,omitempty"`
	Intent         intentMemory      `json:"intent"`
	// Shopper is what the buyer has entered while a 3-D Secure check is open; it holds no card number.
	Shopper *shopper `json:"shopper,omitempty"`
}

// intentMemory is payment_intent_data, kept until the buyer pays and the payment intent comes to be.
type intentMemory struct {
	Description  string            `json:"description,omitempty"`
	Metadata     map[string]string `json:"metadata,omitempty"`
	ReceiptEmail string            `json:"receipt_email,omitempty"`
	Suffix       string            `json:"suffix,omitempty"`
}

func (s *session) facts() facts {
	f := facts{id: s.ID, kind: kindSession, status: s.Status, created: s.Created}
	if s.PaymentIntent != nil {
		f.parent = *s.PaymentIntent
	}
	if s.Status == open {
		f.due = s.ExpiresAt
	}
	return f
}

type enabled struct {
	Enabled bool `json:"enabled"`
}

type automaticTax struct {
	Enabled bool    `json:"enabled"`
	Status  *string `json:"status"`
}

type customText struct {
	AfterSubmit     *message `json:"after_submit"`
	ShippingAddress *message `json:"shipping_address"`
	Submit          *message `json:"submit"`
	Terms           *message `json:"terms_of_service_acceptance"`
}

type message struct {
	Message string `json:"message"`
}

type address struct {
	City       *string `json:"city"`
	Country    *string `json:"country"`
	Line1      *string `json:"line1"`
	Line2      *string `json:"line2"`
	PostalCode *string `json:"postal_code"`
	State      *string `json:"state"`
}

type customerDetails struct {
	Address   *address   `json:"address"`
	Email     *string    `json:"email"`
	Name      *string    `json:"name"`
	Phone     *string    `json:"phone"`
	TaxExempt string     `json:"tax_exempt"`
	TaxIDs    []struct{} `json:"tax_ids"`
}

type shippingDetails struct {
	Address *address `json:"address"`
	Name    *string  `json:"name"`
	Phone   *string  `json:"phone,omitempty"`
}

type shippingCollection struct {
	AllowedCountries []string `json:"allowed_countries"`
}

type shippingOption struct {
	ShippingAmount int64  `json:"shipping_amount"`
	ShippingRate   string `json:"shipping_rate"`
}

type shippingCost struct {
	AmountSubtotal int64      `json:"amount_subtotal"`
	AmountTax      int64      `json:"amount_tax"`
	AmountTotal    int64      `json:"amount_total"`
	ShippingRate   *string    `json:"shipping_rate"`
	Taxes          []taxShare `json:"taxes"`
}

type totalDetails struct {
	AmountDiscount int64     `json:"amount_discount"`
	AmountShipping int64     `json:"amount_shipping"`
	AmountTax      int64     `json:"amount_tax"`
	Breakdown      breakdown `json:"breakdown"`
}

type breakdown struct {
	Discounts []discountShare `json:"discounts"`
	Taxes     []taxShare      `json:"taxes"`
}
