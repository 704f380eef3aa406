package stripesim

import "encoding/json"

const (
	kindCoupon   = "coupon"
	kindCustomer = "customer"
	kindEvent    = "event"
	kindEndpoint = "webhook_endpoint"
)

type coupon struct {
	ID               string            `json:"id"`
	Object           string            `json:"object"`
	AmountOff        *int64            `json:"amount_off"`
	Created          int64             `json:"created"`
	Currency         *string           `json:"currency"`
	Duration         string            `json:"duration"`
	DurationInMonths *int64            `json:"duration_in_months"`
	Livemode         bool              `json:"livemode"`
	MaxRedemptions   *int64            `json:"max_redemptions"`
	Metadata         map[string]string `json:"metadata"`
	Name             *string           `json:"name"`
	PercentOff       *json.Number      `json:"percent_off"`
	RedeemBy         *int64            `json:"redeem_by"`
	TimesRedeemed    int64             `json:"times_redeemed"`
	Valid            bool              `json:"valid"`
}

func (c *coupon) facts() facts { return facts{id: c.ID, kind: kindCoupon, created: c.Created} }

// usable says whether a new session may still take the coupon.
func (c *coupon) usable(now int64) bool {
	return (c.RedeemBy == nil || now < *c.RedeemBy) && (c.MaxRedemptions == nil || c.TimesRedeemed < *c.MaxRedemptions)
}

type discountShare struct {
	Amount   int64    `json:"amount"`
	Discount discount `json:"discount"`
}

type discount struct {
	ID              string  `json:"id"`
	Object          string  `json:"object"`
	CheckoutSession string  `json:"checkout_session"`
	Coupon          coupon  `json:"coupon"`
	Customer        *string `json:"customer"`
	End             *int64  `json:"end"`
	Invoice         *string `json:"invoice"`
	InvoiceItem     *string `json:"invoice_item"`
	PromotionCode   *string `json:"promotion_code"`
	Start           int64   `json:"start"`
	Subscription    *string `json:"subscription"`
}

type customer struct {
	ID          string            `json:"id"`
	Object      string            `json:"object"`
	Address     *address          `json:"address"`
	Balance     int64             `json:"balance"`
	Created     int64             `json:"created"`
	Currency    *string           `json:"currency"`
	Delinquent  bool              `json:"delinquent"`
	Description *string           `json:"description"`
	Email       *string           `json:"email"`
	Livemode    bool              `json:"livemode"`
	Metadata    map[string]string `json:"metadata"`
	Name        *string           `json:"name"`
	Phone       *string           `json:"phone"`
	Shipping    *shippingDetails  `json:"shipping"`
	TaxExempt   string            `json:"tax_exempt"`
}

func (c *customer) facts() facts { return facts{id: c.ID, kind: kindCustomer, created: c.Created} }

type event struct {
	ID              string       `json:"id"`
	Object          string       `json:"object"`
	APIVersion      string       `json:"api_version"`
	Created         int64        `json:"created"`
	Data            eventData    `json:"data"`
	Livemode        bool         `json:"livemode"`
	PendingWebhooks int64        `json:"pending_webhooks"`
	Request         eventRequest `json:"request"`
	Type            string       `json:"type"`
}

func (e *event) facts() facts {
	return facts{id: e.ID, kind: kindEvent, status: e.Type, created: e.Created}
}

type eventData struct {
	Object   any            `json:"object"`
	Previous map[string]any `json:"previous_attributes,omitempty"`
}

type eventRequest struct {
	ID             *string `json:"id"`
	IdempotencyKey *string `json:"idempotency_key"`
}

type endpoint struct {
	ID            string            `json:"id"`
	Object        string            `json:"object"`
	APIVersion    *string           `json:"api_version"`
	Application   *string           `json:"application"`
	Created       int64             `json:"created"`
	Description   *string           `json:"description"`
	EnabledEvents []string          `json:"enabled_events"`
	Livemode      bool              `json:"livemode"`
	Metadata      map[string]string `json:"metadata"`
	Status        string            `json:"status"`
	URL           string            `json:"url"`
	Sim           struct {
		Secret string `json:"secret"`
	} `json:"sim"`
}

func (e *endpoint) facts() facts {
	return facts{id: e.ID, kind: kindEndpoint, status: e.Status, created: e.Created}
}
