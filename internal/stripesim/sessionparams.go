package stripesim

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Stripe's limits on a session.
const (
	maxLines    = 100
	maxCents    = 99_999_999
	minCents    = 50
	minLifetime = 30 * 60
	maxLifetime = 24 * 60 * 60
)

var (
	taxCodeForm  = regexp.MustCompile(`^txcd_[0-9]{8}$`)
	countryForm  = regexp.MustCompile(`^[A-Z]{2}$`)
	noShipping   = strings.Fields("AS CX CC CU HM IR KP MH FM NF MP PW SD SY UM VI")
	suffixBanned = `<>'"*\`
)

// draft is a session as asked for, before the books are consulted.
type draft struct {
	session  session
	items    []*item
	products []*product
	rates    []*shippingRate
}

// readSession reads the parameters of POST /v1/checkout/sessions.
func readSession(p params, now int64) *draft {
	d := &draft{session: session{
		ID: newID("cs_test_", 58), Object: kindSession, Created: now, Status: open, PaymentStatus: "unpaid",
		CustomFields: []struct{}{}, ShippingOptions: []shippingOption{}, PaymentMethodCollection: "if_required", UIMode: "hosted",
	}}
	s := &d.session
	if !p.has("mode") {
		p.fail(missing("mode"))
	}
	s.Mode = p.enum("mode", "payment", "setup", "subscription")
	if s.Mode != "payment" {
		p.fail(notSimulated("mode", "mode "+s.Mode))
	}
	if p.enum("ui_mode", "hosted", "embedded") != "hosted" {
		p.fail(notSimulated("ui_mode", "embedded pages"))
	}
	readExpiry(p, s, now)
	s.SuccessURL = optional(readURL(p, "success_url", true))
	s.CancelURL = optional(readURL(p, "cancel_url", false))
	s.ClientReferenceID = optional(p.str("client_reference_id", 200))
	s.Metadata = withoutEmpty(p.metadata("metadata"))
	readBuyer(p, s)
	readLook(p, s)
	readIntentData(p.at("payment_intent_data"), s)
	s.AutomaticTax.Enabled = p.at("automatic_tax").bool("enabled")
	if s.AutomaticTax.Enabled {
		s.AutomaticTax.Status = optional("requires_location_inputs")
	}
	d.readLines(p)
	d.readShipping(p)
	readDiscounts(p, s)
	return d
}

func readExpiry(p params, s *session, now int64) {
	s.ExpiresAt = now + maxLifetime
	at := p.int("expires_at")
	switch {
	case at == nil:
		return
	case *at < now+minLifetime:
		p.fail(refuse("", "expires_at",
			"The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."))
	case *at > now+maxLifetime:
		p.fail(refuse("", "expires_at",
			"The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."))
	}
	s.ExpiresAt = *at
}

func readURL(p params, name string, required bool) string {
	if required && !p.has(name) {
		p.fail(missing(name))
	}
	raw := p.str(name, 5000)
	if raw == "" {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		p.fail(refuse("url_invalid", name, "Not a valid URL"))
	}
	return raw
}

func readBuyer(p params, s *session) {
	s.Customer = optional(p.str("customer", 5000))
	s.CustomerEmail = optional(p.str("customer_email", 800))
	if s.Customer != nil && s.CustomerEmail != nil {
		p.fail(exclusive("customer", "customer_email"))
	}
	if s.CustomerEmail != nil && !strings.Contains(*s.CustomerEmail, "@") {
		p.fail(refuse("email_invalid", "customer_email", "Invalid email address: %s", *s.CustomerEmail))
	}
	s.CustomerCreation = optional(p.enum("customer_creation", "if_required", "always"))
	if s.Customer != nil {
		if p.has("customer_creation") {
			p.fail(refuse("", "customer_creation", "`customer_creation` cannot be set together with `customer`."))
		}
		s.CustomerCreation = nil
	}
	if !p.has("customer_update") {
		return
	}
	if s.Customer == nil {
		p.fail(refuse("", "customer_update", "`customer_update` can only be used with `customer`."))
	}
	s.Sim.CustomerUpdate = map[string]string{}
	for _, part := range []string{"address", "name", "shipping"} {
		s.Sim.CustomerUpdate[part] = p.at("customer_update").enum(part, "never", "auto")
	}
}

func readLook(p params, s *session) {
	s.BillingAddressCollection = optional(p.enum("billing_address_collection", "", "auto", "required"))
	s.SubmitType = optional(p.enum("submit_type", "", "auto", "book", "donate", "pay"))
	s.Locale = optional(p.str("locale", 6))
	s.PhoneNumberCollection.Enabled = p.at("phone_number_collection").bool("enabled")
	if p.at("invoice_creation").bool("enabled") {
		p.fail(notSimulated("invoice_creation", "invoices"))
	}
	s.PaymentMethodTypes = p.strs("payment_method_types", 40, 40)
	if s.PaymentMethodTypes == nil {
		s.PaymentMethodTypes = []string{"card"}
	}
	if !slices.Equal(s.PaymentMethodTypes, []string{"card"}) {
		p.fail(notSimulated("payment_method_types", "payment methods other than card"))
	}
	text := p.at("custom_text")
	for name, place := range map[string]**message{
		"after_submit": &s.CustomText.AfterSubmit, "shipping_address": &s.CustomText.ShippingAddress,
		"submit": &s.CustomText.Submit, "terms_of_service_acceptance": &s.CustomText.Terms,
	} {
		if m := text.at(name).str("message", 1200); m != "" {
			*place = &message{m}
		}
	}
}

func readIntentData(p params, s *session) {
	m := &s.Sim.Intent
	m.Description = p.str("description", 1000)
	m.Metadata = withoutEmpty(p.metadata("metadata"))
	m.ReceiptEmail = p.str("receipt_email", 800)
	m.Suffix = p.str("statement_descriptor_suffix", 22)
	if strings.ContainsAny(m.Suffix, suffixBanned) {
		p.fail(refuse("", p.name("statement_descriptor_suffix"),
			`The statement descriptor suffix contains an invalid character: < > ' " * \ are not allowed.`))
	}
	if p.enum("capture_method", "automatic", "automatic_async", "manual") == "manual" {
		p.fail(notSimulated(p.name("capture_method"), "manual capture"))
	}
}

func readDiscounts(p params, s *session) {
	if p.has("allow_promotion_codes") && p.has("discounts") {
		p.fail(exclusive("allow_promotion_codes", "discounts"))
	}
	if p.has("allow_promotion_codes") {
		allow := p.bool("allow_promotion_codes")
		s.AllowPromotionCodes = &allow
	}
	for _, d := range p.list("discounts", 1) {
		s.Sim.Coupon = d.need("coupon", 5000)
	}
}

// optional is nil for an absent value, as Stripe answers null.
func optional(v string) *string {
	if v == "" {
		return nil
	}
	return &v
}

func withoutEmpty(m map[string]string) map[string]string {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}
