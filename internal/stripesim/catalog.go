package stripesim

import "strconv"

const (
	kindItem         = "item"
	kindProduct      = "product"
	kindShippingRate = "shipping_rate"
)

// item is a line of a session, with the price and product that price_data made.
type item struct {
	ID             string          `json:"id"`
	Object         string          `json:"object"`
	AmountDiscount int64           `json:"amount_discount"`
	AmountSubtotal int64           `json:"amount_subtotal"`
	AmountTax      int64           `json:"amount_tax"`
	AmountTotal    int64           `json:"amount_total"`
	Currency       string          `json:"currency"`
	Description    string          `json:"description"`
	Discounts      []discountShare `json:"discounts"`
	Price          price           `json:"price"`
	Quantity       int64           `json:"quantity"`
	Taxes          []taxShare      `json:"taxes"`
	Sim            struct {
		Session string `json:"session"`
	} `json:"sim"`
}

func (i *item) facts() facts {
	return facts{id: i.ID, kind: kindItem, parent: i.Sim.Session, created: i.Price.Created}
}

type price struct {
	ID                string            `json:"id"`
	Object            string            `json:"object"`
	Active            bool              `json:"active"`
	BillingScheme     string            `json:"billing_scheme"`
	Created           int64             `json:"created"`
	Currency          string            `json:"currency"`
	CustomUnitAmount  *struct{}         `json:"custom_unit_amount"`
	Livemode          bool              `json:"livemode"`
	LookupKey         *string           `json:"lookup_key"`
	Metadata          map[string]string `json:"metadata"`
	Nickname          *string           `json:"nickname"`
	Product           string            `json:"product"`
	Recurring         *struct{}         `json:"recurring"`
	TaxBehavior       string            `json:"tax_behavior"`
	TiersMode         *string           `json:"tiers_mode"`
	TransformQuantity *struct{}         `json:"transform_quantity"`
	Type              string            `json:"type"`
	UnitAmount        int64             `json:"unit_amount"`
	UnitAmountDecimal string            `json:"unit_amount_decimal"`
}

func newPrice(of *product, amount money, behaviour string) price {
	return price{
		ID: newID("price_1", 23), Object: "price", BillingScheme: "per_unit", Created: of.Created, Currency: amount.Currency,
		Metadata: map[string]string{}, Product: of.ID, TaxBehavior: behaviour, Type: "one_time",
		UnitAmount: amount.Amount, UnitAmountDecimal: strconv.FormatInt(amount.Amount, 10),
	}
}

type product struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	Active              bool              `json:"active"`
	Created             int64             `json:"created"`
	DefaultPrice        *string           `json:"default_price"`
	Description         *string           `json:"description"`
	Features            []struct{}        `json:"features"`
	Images              []string          `json:"images"`
	Livemode            bool              `json:"livemode"`
	Metadata            map[string]string `json:"metadata"`
	Name                string            `json:"name"`
	PackageDimensions   *struct{}         `json:"package_dimensions"`
	Shippable           *bool             `json:"shippable"`
	StatementDescriptor *string           `json:"statement_descriptor"`
	TaxCode             *string           `json:"tax_code"`
	UnitLabel           *string           `json:"unit_label"`
	Updated             int64             `json:"updated"`
	URL                 *string           `json:"url"`
}

func (p *product) facts() facts { return facts{id: p.ID, kind: kindProduct, created: p.Created} }

type shippingRate struct {
	ID               string            `json:"id"`
	Object           string            `json:"object"`
	Active           bool              `json:"active"`
	Created          int64             `json:"created"`
	DeliveryEstimate *deliveryEstimate `json:"delivery_estimate"`
	DisplayName      string            `json:"display_name"`
	FixedAmount      money             `json:"fixed_amount"`
	Livemode         bool              `json:"livemode"`
	Metadata         map[string]string `json:"metadata"`
	TaxBehavior      string            `json:"tax_behavior"`
	TaxCode          *string           `json:"tax_code"`
	Type             string            `json:"type"`
}

func (r *shippingRate) facts() facts {
	return facts{id: r.ID, kind: kindShippingRate, created: r.Created}
}

type money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

type deliveryEstimate struct {
	Minimum *duration `json:"minimum"`
	Maximum *duration `json:"maximum"`
}

type duration struct {
	Unit  string `json:"unit"`
	Value int64  `json:"value"`
}
