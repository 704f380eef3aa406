package stripesim

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76"
)

func TestAFreshSessionKnowsNeitherTaxNorPaymentIntent(t *testing.T) {
	w := newWorld(t)
	s := w.newSession()
	if s.PaymentIntent != nil || s.Status != "open" || s.PaymentStatus != "unpaid" {
		t.Errorf("got %+v, status %s, payment %s", s.PaymentIntent, s.Status, s.PaymentStatus)
	}
	if s.URL != w.url+"/pay/"+s.ID {
		t.Errorf("url = %s", s.URL)
	}
	got := []int64{s.AmountSubtotal, s.TotalDetails.AmountShipping, s.TotalDetails.AmountTax, s.AmountTotal}
	if diff := cmp.Diff([]int64{11499, 700, 0, 12199}, got); diff != "" {
		t.Error(diff)
	}
	if s.AutomaticTax.Status != "requires_location_inputs" || s.ExpiresAt != s.Created+24*3600 {
		t.Errorf("tax %s, expires %d after", s.AutomaticTax.Status, s.ExpiresAt-s.Created)
	}
	if s.ClientReferenceID != "order-1" || s.Metadata["order_id"] != "1" {
		t.Errorf("reference %q, metadata %v", s.ClientReferenceID, s.Metadata)
	}
}

func TestAPaidSessionTellsWhatAShopStores(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	if status, body := w.pay(id, url.Values{"state": {"NJ"}, "postal_code": {"07030"}}); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	params := &stripe.CheckoutSessionParams{}
	for _, e := range []string{
		"payment_intent.latest_charge", "line_items", "shipping_cost.shipping_rate", "shipping_cost.taxes",
		"total_details.breakdown", "customer",
	} {
		params.AddExpand(e)
	}
	s, err := w.api.CheckoutSessions.Get(id, params)
	if err != nil {
		t.Fatal(err)
	}
	// New Jersey: 6.625% of 8999, 2500 and 700, each rounded half up.
	got := []int64{s.AmountSubtotal, s.TotalDetails.AmountShipping, s.TotalDetails.AmountTax, s.AmountTotal, s.ShippingCost.AmountTax}
	if diff := cmp.Diff([]int64{11499, 700, 596 + 166 + 46, 13007, 46}, got); diff != "" {
		t.Error(diff)
	}
	ch := s.PaymentIntent.LatestCharge
	if s.Status != "complete" || s.PaymentStatus != "paid" || s.URL != "" || s.PaymentIntent.Status != "succeeded" {
		t.Errorf("status %s %s, url %q, intent %s", s.Status, s.PaymentStatus, s.URL, s.PaymentIntent.Status)
	}
	if ch.Amount != 13007 || !ch.Paid || ch.PaymentMethodDetails.Card.Last4 != "4242" || ch.PaymentMethodDetails.Card.Brand != "visa" {
		t.Errorf("charge %d paid %v %+v", ch.Amount, ch.Paid, ch.PaymentMethodDetails.Card)
	}
	if s.PaymentIntent.Metadata["attempt_id"] != "7" || ch.ReceiptURL == "" || ch.Outcome.RiskLevel != "normal" {
		t.Errorf("intent metadata %v, receipt %q", s.PaymentIntent.Metadata, ch.ReceiptURL)
	}
	if s.ShippingCost.ShippingRate.DisplayName != "Standard" || len(s.TotalDetails.Breakdown.Taxes) != 1 ||
		s.ShippingCost.Taxes[0].Rate.Percentage != 6.625 {
		t.Errorf("shipping %+v, breakdown %+v", s.ShippingCost, s.TotalDetails.Breakdown)
	}
	if s.CustomerDetails.Email != "buyer@example.com" || s.ShippingDetails.Address.State != "NJ" {
		t.Errorf("details %+v %+v", s.CustomerDetails, s.ShippingDetails)
	}
	checkLines(t, w, id, s.AmountTotal-s.ShippingCost.AmountTotal)
}

// checkLines reads the session's lines with everything expanded and holds their sum to want.
func checkLines(t *testing.T, w *world, id string, want int64) {
	t.Helper()
	params := &stripe.CheckoutSessionListLineItemsParams{Session: stripe.String(id)}
	params.Limit = stripe.Int64(1) // to make the client page
	for _, e := range []string{"data.taxes", "data.discounts", "data.price.product"} {
		params.AddExpand(e)
	}
	var names []string
	var sum int64
	for i := w.api.CheckoutSessions.ListLineItems(params); i.Next(); {
		line := i.LineItem()
		names = append(names, line.Price.Product.Metadata["sku"])
		sum += line.AmountTotal
		if line.Taxes[0].Amount != line.AmountTax || line.Price.UnitAmountDecimal != float64(line.Price.UnitAmount) {
			t.Errorf("line %+v", line)
		}
	}
	if diff := cmp.Diff([]string{"Shoe", "Sock"}, names); diff != "" || sum != want {
		t.Errorf("sum %d, want %d; %s", sum, want, diff)
	}
}

func TestWhatIsNotExpandedIsAnIDOrAbsent(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	w.pay(id, nil)
	_, body := w.send("GET", "/v1/checkout/sessions/"+id, nil, map[string]string{"Authorization": "Bearer " + testKey})
	for _, absent := range []string{`"line_items"`, `"breakdown"`, `"taxes"`, `"sim"`, `"off"`} {
		if strings.Contains(body, absent) {
			t.Errorf("%s is shown in %s", absent, body)
		}
	}
	for _, present := range []string{`"payment_intent": "pi_`, `"shipping_rate": "shr_`, `"customer": null`} {
		if !strings.Contains(body, present) {
			t.Errorf("%s is missing in %s", present, body)
		}
	}
}

func TestACouponIsSplitOverTheLines(t *testing.T) {
	w := newWorld(t)
	off, err := w.api.Coupons.New(&stripe.CouponParams{
		AmountOff: stripe.Int64(1000), Currency: stripe.String("usd"), Duration: stripe.String("once"),
		MaxRedemptions: stripe.Int64(1), Name: stripe.String("TEN"),
	})
	if err != nil {
		t.Fatal(err)
	}
	params := sessionParams()
	params.Discounts = []*stripe.CheckoutSessionDiscountParams{{Coupon: stripe.String(off.ID)}}
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	if s.TotalDetails.AmountDiscount != 1000 || s.AmountTotal != 11499-1000+700 {
		t.Errorf("discount %d, total %d", s.TotalDetails.AmountDiscount, s.AmountTotal)
	}
	w.pay(s.ID, url.Values{"state": {"OR"}, "postal_code": {"97201"}})
	used, err := w.api.Coupons.Get(off.ID, nil)
	if err != nil || used.TimesRedeemed != 1 || used.Valid {
		t.Errorf("coupon %+v, %v", used, err)
	}
	_, err = w.api.CheckoutSessions.New(params)
	wantError(t, err, 400, "", "discounts[0][coupon]", "Coupon "+off.ID+" is used up or past its date and cannot be applied.")
	if _, err := w.api.Coupons.Del(off.ID, nil); err != nil {
		t.Error(err)
	}
}

func TestASessionOfNothingIsCompletedWithoutACard(t *testing.T) {
	w := newWorld(t)
	params := sessionParams()
	params.ShippingOptions = nil
	for _, l := range params.LineItems {
		l.PriceData.UnitAmount = stripe.Int64(0)
	}
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	w.pay(s.ID, nil)
	s, err = w.api.CheckoutSessions.Get(s.ID, nil)
	if err != nil || s.PaymentStatus != "no_payment_required" || s.PaymentIntent != nil || s.Status != "complete" {
		t.Errorf("%+v %v", s, err)
	}
}

func TestRefundsAreBoundedByWhatWasPaid(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	w.pay(id, url.Values{"state": {"OR"}, "postal_code": {"97201"}})
	s, err := w.api.CheckoutSessions.Get(id, nil)
	if err != nil {
		t.Fatal(err)
	}
	pi := s.PaymentIntent.ID
	refund := func(cents int64) (*stripe.Refund, error) {
		p := &stripe.RefundParams{PaymentIntent: stripe.String(pi), Metadata: map[string]string{"refund_id": "r1"}}
		if cents > 0 {
			p.Amount = stripe.Int64(cents)
		}
		p.AddExpand("charge")
		return w.api.Refunds.New(p)
	}
	part, err := refund(2199)
	if err != nil || part.Amount != 2199 || part.Charge.AmountRefunded != 2199 || part.Charge.Refunded {
		t.Fatalf("%+v %v", part, err)
	}
	_, err = refund(10001)
	wantError(t, err, 400, "", "amount", "Refund amount ($100.01) is greater than unrefunded amount on charge ($100.00)")
	rest, err := refund(0)
	if err != nil || rest.Amount != 10000 || !rest.Charge.Refunded {
		t.Fatalf("%+v %v", rest, err)
	}
	_, err = refund(1)
	wantError(t, err, 400, "charge_already_refunded", "", "Charge "+rest.Charge.ID+" has already been refunded.")
	changed, err := w.api.Refunds.Update(part.ID, &stripe.RefundParams{Metadata: map[string]string{"refund_id": "", "note": "x"}})
	if err != nil || cmp.Diff(map[string]string{"note": "x"}, changed.Metadata) != "" {
		t.Errorf("%+v %v", changed, err)
	}
	var ids []string
	list := &stripe.RefundListParams{PaymentIntent: stripe.String(pi)}
	for i := w.api.Refunds.List(list); i.Next(); {
		ids = append(ids, i.Refund().ID)
	}
	if diff := cmp.Diff([]string{rest.ID, part.ID}, ids); diff != "" {
		t.Error(diff)
	}
	eventually(t, "the shop hears of both refunds", func() bool { return w.shop.count("charge.refunded") == 2 })
	get := &stripe.ChargeParams{}
	get.AddExpand("refunds")
	if ch, err := w.api.Charges.Get(rest.Charge.ID, get); err != nil || len(ch.Refunds.Data) != 2 || ch.Refunds.Data[0].ID != rest.ID {
		t.Errorf("%+v %v", ch, err)
	}
	if b, err := w.api.Balance.Get(nil); err != nil || b.Available[0].Amount != 0 {
		t.Errorf("%+v %v", b, err)
	}
	if code, err := w.api.TaxCodes.Get("txcd_30011000", nil); err != nil || code.Name != "Clothing and Footwear" {
		t.Errorf("%+v %v", code, err)
	}
}

func TestAnExpiredSessionCannotBePaid(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	s, err := w.api.CheckoutSessions.Expire(id, &stripe.CheckoutSessionExpireParams{})
	if err != nil || s.Status != "expired" || s.URL != "" {
		t.Fatalf("%+v %v", s, err)
	}
	_, err = w.api.CheckoutSessions.Expire(id, &stripe.CheckoutSessionExpireParams{})
	wantError(t, err, 400, "", "", "Only Checkout Sessions with a status in [\"open\"] can be expired. "+
		"This Checkout Session has a status of `expired`.")
	if status, _ := w.pay(id, nil); status != 409 {
		t.Errorf("paying answered %d", status)
	}
	eventually(t, "the shop hears of it once", func() bool { return w.shop.count("checkout.session.expired") == 1 })
}

func TestThePayingOfOneSessionTwiceAtOnceTakesMoneyOnce(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	results := make(chan int, 8)
	for range cap(results) {
		go func() {
			status, _ := w.control("/_sim/sessions/"+id+"/pay", url.Values{})
			results <- status
		}()
	}
	paid := 0
	for range cap(results) {
		if <-results == 200 {
			paid++
		}
	}
	if b, err := w.api.Balance.Get(nil); paid != 1 || err != nil || b.Available[0].Amount >= 2*12199 {
		t.Errorf("paid %d times, balance %+v, %v", paid, b, err)
	}
}

func TestACustomerIsKeptWhenAskedFor(t *testing.T) {
	w := newWorld(t)
	params := sessionParams()
	params.CustomerCreation = stripe.String("always")
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	w.pay(s.ID, url.Values{"email": {"ada@example.com"}})
	get := &stripe.CheckoutSessionParams{}
	get.AddExpand("customer")
	get.AddExpand("payment_intent")
	if s, err = w.api.CheckoutSessions.Get(s.ID, get); err != nil || s.Customer.Email != "ada@example.com" ||
		s.PaymentIntent.Customer.ID != s.Customer.ID {
		t.Fatalf("%+v %v", s, err)
	}
	again := sessionParams()
	again.Customer = &s.Customer.ID
	again.CustomerUpdate = &stripe.CheckoutSessionCustomerUpdateParams{Address: stripe.String("auto")}
	second, err := w.api.CheckoutSessions.New(again)
	if err != nil {
		t.Fatal(err)
	}
	w.pay(second.ID, url.Values{"city": {"Buffalo"}})
	who, err := w.api.Customers.Get(s.Customer.ID, nil)
	if err != nil || who.Address.City != "Buffalo" || who.Shipping.Address.City != "Albany" {
		t.Errorf("%+v %v", who, err)
	}
}

func TestAPaymentIntentIsCanceledOnlyWhileItIsUnpaid(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	w.pay(id, url.Values{"card": {"4000000000000002"}})
	s, err := w.api.CheckoutSessions.Get(id, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.api.PaymentIntents.Cancel(s.PaymentIntent.ID, &stripe.PaymentIntentCancelParams{
		CancellationReason: stripe.String("abandoned"),
	})
	if err != nil || p.Status != "canceled" || p.CanceledAt == 0 {
		t.Fatalf("%+v %v", p, err)
	}
	_, err = w.api.PaymentIntents.Cancel(p.ID, &stripe.PaymentIntentCancelParams{})
	wantError(t, err, 400, "payment_intent_unexpected_state", "",
		"You cannot cancel this PaymentIntent because it has a status of canceled.")
}

func TestUnsafeOptionsAreRefusedAtTheStart(t *testing.T) {
	tests := []struct {
		name, want string
		change     func(*Options)
	}{
		{"a live key", "live key", func(o *Options) { o.SecretKey = "sk_live_x" }},
		{"a live restricted key", "live key", func(o *Options) { o.SecretKey = "rk_live_x" }},
		{"a webhook without a secret", "WebhookSecret", func(o *Options) { o.WebhookURL = "http://127.0.0.1:1" }},
		{"no file", "File", func(o *Options) { o.File = "" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := Options{File: t.TempDir() + "/books.db", BaseURL: "http://127.0.0.1:1"}
			tt.change(&o)
			if _, err := Open(o); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}
