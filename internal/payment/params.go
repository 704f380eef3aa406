package payment

import (
	"strconv"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// The names under which the shop's own ids travel in Stripe's metadata.
const (
	metaOrder     = "order_id"
	metaAttempt   = "attempt_id"
	metaReference = "reference"
	metaCart      = "cart_hash"
	metaEnv       = "env"
	metaLine      = "order_line"
	metaSKU       = "sku"
	metaRefund    = "refund_id"
)

// Stripe's limits, in characters: of a product's name (its own is far
// higher, but nobody reads on) and of a value in metadata.
const (
	maxName       = 250
	maxValue      = 500
	maxCouponName = 40
)

// Tax codes of Stripe's list (docs.stripe.com/tax/tax-codes).
const (
	taxShipping = "txcd_92010001"
	taxGoods    = "txcd_99999999" // general, tangible goods: for a line without a code of its own
	taxNone     = "txcd_00000000" // not taxable
)

// sessionParams writes a request as Stripe's parameters: the same request
// always gives the same bytes, since it may be sent again under its key.
func sessionParams(r shop.SessionRequest) *stripe.CheckoutSessionParams {
	p := &stripe.CheckoutSessionParams{
		Mode:                     stripe.String("payment"),
		ClientReferenceID:        stripe.String(r.Reference),
		Metadata:                 requestMetadata(r),
		ExpiresAt:                stripe.Int64(r.ExpiresAt),
		SuccessURL:               stripe.String(r.SuccessURL),
		CancelURL:                stripe.String(r.CancelURL),
		PaymentMethodTypes:       stripe.StringSlice([]string{"card"}),
		CustomerCreation:         stripe.String("if_required"),
		BillingAddressCollection: stripe.String("auto"),
		Locale:                   stripe.String("en"),
		SubmitType:               stripe.String("pay"),
		AutomaticTax:             &stripe.CheckoutSessionAutomaticTaxParams{Enabled: stripe.Bool(r.Tax)},
		PaymentIntentData:        &stripe.CheckoutSessionPaymentIntentDataParams{Metadata: requestMetadata(r)},
	}
	for _, l := range r.Lines {
		p.LineItems = append(p.LineItems, lineParams(l, r))
	}
	if len(r.Countries) > 0 {
		p.ShippingAddressCollection = &stripe.CheckoutSessionShippingAddressCollectionParams{
			AllowedCountries: stripe.StringSlice(r.Countries),
		}
	}
	if r.Shipping != nil {
		p.ShippingOptions = []*stripe.CheckoutSessionShippingOptionParams{shippingParams(r)}
	}
	buyer(p, r)
	if r.Coupon != nil {
		p.Discounts = []*stripe.CheckoutSessionDiscountParams{{Coupon: stripe.String(couponID(r))}}
	}
	if r.Message != "" {
		p.CustomText = &stripe.CheckoutSessionCustomTextParams{
			Submit: &stripe.CheckoutSessionCustomTextSubmitParams{Message: stripe.String(r.Message)},
		}
	}
	return p
}

// couponLife is how long after its session's end a coupon stands: whoever
// began to pay before the end may finish a little later.
const couponLife = 24 * 60 * 60

// couponID is the coupon's id, known before Stripe answers, so that the
// session's parameters are the same whenever they are sent.
func couponID(r shop.SessionRequest) string { return "lr_" + r.Reference }

// couponKey is the idempotency key of the coupon of a request.
func couponKey(r shop.SessionRequest) string { return "co-" + r.Reference }

// couponParams is a coupon for one use, of exactly what the shop has worked
// out. Stripe splits it over the lines, which the shop does for itself.
func couponParams(r shop.SessionRequest) *stripe.CouponParams {
	return &stripe.CouponParams{
		ID:             stripe.String(couponID(r)),
		AmountOff:      stripe.Int64(int64(r.Coupon.Amount)),
		Currency:       stripe.String(r.Currency),
		Duration:       stripe.String("once"),
		MaxRedemptions: stripe.Int64(1),
		Name:           stripe.String(clip(r.Coupon.Code, maxCouponName)),
		RedeemBy:       stripe.Int64(r.ExpiresAt + couponLife),
		Metadata:       requestMetadata(r),
	}
}

// requestMetadata holds ids only, never anything about a person.
func requestMetadata(r shop.SessionRequest) map[string]string {
	return map[string]string{
		metaOrder:     strconv.FormatInt(int64(r.OrderID), 10),
		metaAttempt:   strconv.FormatInt(int64(r.AttemptID), 10),
		metaReference: r.Reference,
		metaCart:      r.CartDigest,
		metaEnv:       r.Environment,
	}
}

func lineParams(l shop.SessionLine, r shop.SessionRequest) *stripe.CheckoutSessionLineItemParams {
	product := &stripe.CheckoutSessionLineItemPriceDataProductDataParams{
		Name:     stripe.String(clip(l.Name, maxName)),
		Metadata: map[string]string{metaLine: strconv.Itoa(l.Position)},
		TaxCode:  stripe.String(taxCode(l)),
	}
	if l.SKU != "" {
		product.Metadata[metaSKU] = clip(l.SKU, maxValue)
	}
	if l.ImageURL != "" {
		product.Images = stripe.StringSlice([]string{l.ImageURL})
	}
	return &stripe.CheckoutSessionLineItemParams{
		Quantity: stripe.Int64(int64(l.Quantity)),
		PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
			Currency:    stripe.String(r.Currency),
			UnitAmount:  stripe.Int64(int64(l.Price)),
			TaxBehavior: stripe.String("exclusive"),
			ProductData: product,
		},
	}
}

// clip cuts s to so many characters, so that a long name from an import does
// not make Stripe refuse a payment.
func clip(s string, limit int) string {
	for i := range s {
		if limit == 0 {
			return s[:i]
		}
		limit--
	}
	return s
}

func taxCode(l shop.SessionLine) string {
	switch {
	case l.Untaxed:
		return taxNone
	case l.TaxCode == "":
		return taxGoods
	}
	return l.TaxCode
}

func shippingParams(r shop.SessionRequest) *stripe.CheckoutSessionShippingOptionParams {
	return &stripe.CheckoutSessionShippingOptionParams{
		ShippingRateData: &stripe.CheckoutSessionShippingOptionShippingRateDataParams{
			DisplayName: stripe.String(r.Shipping.Name),
			Type:        stripe.String("fixed_amount"),
			TaxBehavior: stripe.String("exclusive"),
			TaxCode:     stripe.String(taxShipping),
			FixedAmount: &stripe.CheckoutSessionShippingOptionShippingRateDataFixedAmountParams{
				Amount: stripe.Int64(int64(r.Shipping.Amount)), Currency: stripe.String(r.Currency),
			},
		},
	}
}
