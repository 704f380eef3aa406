package payment_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/payment"
	"longrun/internal/shop"

	"github.com/google/go-cmp/cmp"
)

func request(w *checkouttest.World) shop.SessionRequest {
	return shop.SessionRequest{
		OrderID: 5, AttemptID: 6, Reference: "ref", CartDigest: "d", Environment: "test", Currency: "usd",
		Lines: []shop.SessionLine{
			{Position: 1, SKU: "T-9D", Name: "Tern", TaxCode: "txcd_30011000", Price: 5_000, Quantity: 2},
			{Position: 2, Name: "Book", Untaxed: true, Price: 1_000, Quantity: 1},
		},
		Shipping: &shop.SessionShipping{Name: "Standard shipping", Amount: 800}, Countries: []string{"US"}, Tax: true,
		ExpiresAt:  w.Now().Add(35 * time.Minute).Unix(),
		SuccessURL: "http://shop.test/checkout/success/x?session_id={CHECKOUT_SESSION_ID}",
		CancelURL:  "http://shop.test/checkout/cancelled/x", Message: "Free returns on all orders.",
	}
}

func TestASessionIsOpenedPaidAndRead(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	ctx := t.Context()
	opened, err := w.Pay.Create(ctx, request(w), "key")
	if err != nil {
		t.Fatal(err)
	}
	if opened.Status != shop.SessionOpen || opened.Total != 11_800 || opened.Shipping != 800 || opened.Subtotal != 11_000 {
		t.Errorf("opened: %+v", opened)
	}
	again, err := w.Pay.Create(ctx, request(w), "key")
	if err != nil || again.ID != opened.ID {
		t.Errorf("the same key gives %s, not %s (%v)", again.ID, opened.ID, err)
	}
	w.Control("/_sim/sessions/"+opened.ID+"/pay", "state", "NY")
	paid, err := w.Pay.Session(ctx, opened.ID)
	if err != nil {
		t.Fatal(err)
	}
	var taxes shop.Cents
	for _, tax := range paid.LineTaxes {
		taxes += tax
	}
	if paid.Status != shop.SessionComplete || paid.PaymentStatus != shop.PaymentPaid ||
		paid.Tax == 0 || taxes+paid.ShippingTax != paid.Tax || paid.Total != 11_800+paid.Tax || len(paid.LineTaxes) != 2 {
		t.Errorf("paid: %+v", paid)
	}
	if paid.OrderID != 5 || paid.AttemptID != 6 || paid.Reference != "ref" || paid.Environment != "test" {
		t.Errorf("ids: %+v", paid)
	}
	if paid.PaymentIntent == "" || paid.ChargeID == "" || paid.CardBrand != "visa" || paid.CardLast4 != "4242" || paid.IntentStatus != "succeeded" {
		t.Errorf("payment: %+v", paid)
	}
	want := shop.OrderContact{
		Email: "buyer@example.com", Name: "Test Buyer", ShipName: "Test Buyer", Line1: "1 Test Street",
		City: "Albany", State: "NY", PostalCode: "12207", Country: "US",
	}
	paid.Contact.Phone = ""
	if diff := cmp.Diff(want, paid.Contact); diff != "" {
		t.Error(diff)
	}
}

func TestAnswersAreYesNoOrUnknown(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	bad := request(w)
	bad.Lines[0].TaxCode = "nonsense"
	_, err := w.Pay.Create(t.Context(), bad, "bad")
	if r := payment.Refused(err); r == nil || r.Status != 400 || r.Param == "" || errors.Is(err, shop.ErrUnknown) {
		t.Errorf("a request that makes no sense: %v", err)
	}
	good := request(w)
	if _, err := w.Pay.Create(t.Context(), good, "key"); err != nil {
		t.Fatal(err)
	}
	good.ExpiresAt++
	if _, err := w.Pay.Create(t.Context(), good, "key"); payment.Refused(err) != nil || !errors.Is(err, shop.ErrUnknown) {
		t.Errorf("a key used for something else proves nothing: %v", err)
	}
	for _, kind := range []string{"cut", "cut_before", "409", "429", "500", "html502"} {
		w.Fault(kind, "POST /v1/checkout/sessions", "0")
		_, err := w.Pay.Create(t.Context(), request(w), "key "+kind)
		if payment.Refused(err) != nil || !errors.Is(err, shop.ErrUnknown) || shop.KindOf(err) != shop.KindUnavailable {
			t.Errorf("%s: %v", kind, err)
		}
		w.ClearFaults()
	}
}

func TestAWrongKeyProvesNothing(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	stranger := payment.New(payment.Options{APIURL: w.Stripe, Key: "sk_test_wrong"})
	if err := stranger.Check(t.Context()); shop.KindOf(err) != shop.KindUnavailable {
		t.Errorf("checking: %v", err)
	}
	if _, err := stranger.Create(t.Context(), request(w), "key"); payment.Refused(err) != nil || !errors.Is(err, shop.ErrUnknown) {
		t.Errorf("opening: %v", err)
	}
	if err := w.Pay.Check(t.Context()); err != nil {
		t.Errorf("the right key: %v", err)
	}
}

func TestAClosedSessionCannotBeClosed(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	s, err := w.Pay.Create(t.Context(), request(w), "key")
	if err != nil {
		t.Fatal(err)
	}
	if closed, err := w.Pay.Expire(t.Context(), s.ID); err != nil || closed.Status != shop.SessionExpired {
		t.Errorf("%s %v", closed.Status, err)
	}
	if _, err := w.Pay.Expire(t.Context(), s.ID); payment.Refused(err) == nil {
		t.Errorf("a second time: %v", err)
	}
}

func TestShoppersAreSentOnlyToStripe(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	strict := payment.New(payment.Options{APIURL: w.Stripe, Key: "sk_test_for_tests"})
	if s, err := strict.Create(t.Context(), request(w), "key"); !errors.Is(err, shop.ErrUnknown) {
		t.Errorf("sent to %s (%v)", s.URL, err)
	}
}

// An answer about something else is no answer.
func TestAnAnswerMustBeAboutWhatWasAsked(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"object":"list","data":[],"id":"cs_test_other","status":"complete","payment_status":"paid"}`)
	}))
	defer server.Close()
	client := payment.New(payment.Options{APIURL: server.URL, Key: "sk_test_x"})
	if s, err := client.Session(t.Context(), "cs_test_mine"); shop.KindOf(err) != shop.KindUnavailable {
		t.Errorf("%+v %v", s, err)
	}
}

func TestIdsAreLookedAtBeforeTheyAreSent(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	for _, id := range []string{"", "pi_1", "cs_test_", "cs_test_../x", "cs_test_a/expire"} {
		if _, err := w.Pay.Session(t.Context(), id); !shop.IsNotFound(err) {
			t.Errorf("reading %q: %v", id, err)
		}
		if _, err := w.Pay.Expire(t.Context(), id); !shop.IsNotFound(err) {
			t.Errorf("closing %q: %v", id, err)
		}
	}
}

func TestACouponThatIsThereAlreadyIsTaken(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	r := request(w)
	r.Coupon = &shop.SessionCoupon{Code: "SPRING", Amount: 1_003}
	form := url.Values{"id": {"lr_ref"}, "amount_off": {"1003"}, "currency": {"usd"}, "duration": {"once"}, "max_redemptions": {"1"}}
	post, err := http.NewRequest(http.MethodPost, w.Stripe+"/v1/coupons", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	post.Header.Set("Authorization", "Bearer sk_test_for_tests")
	post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	made, err := http.DefaultClient.Do(post)
	if err != nil || made.StatusCode != http.StatusOK {
		t.Fatalf("%+v %v", made, err)
	}
	_ = made.Body.Close()
	opened, err := w.Pay.Create(t.Context(), r, "key")
	if err != nil || opened.Discount != 1_003 || opened.Total != 11_800-1_003 {
		t.Errorf("%+v %v", opened, err)
	}
}
