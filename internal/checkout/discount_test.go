package checkout_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

func amountOff(cents int64) func(*shop.Discount) {
	return func(d *shop.Discount) { d.Kind, d.Value = shop.DiscountAmount, cents }
}

func limited(n int64) func(*shop.Discount) {
	return func(d *shop.Discount) { d.MaxUses = &n }
}

// Fifty shoppers press Checkout at the same moment with a code for ten.
func TestACodeForTenIsUsedByTenOfFifty(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 100)
		ten := w.Discount("TEN", limited(10))
		bags := make([]shop.CartID, 50)
		for i := range bags {
			bags[i] = w.Code(w.Bag(1, shoe), "TEN")
		}
		placements, refusals := rush(t, w, bags)
		if len(placements) != 10 || len(refusals) != 40 {
			t.Fatalf("%d orders, %d refusals", len(placements), len(refusals))
		}
		for _, r := range refusals {
			if shop.KindOf(r) != shop.KindConflict || !strings.Contains(shop.MessageOf(r), "TEN has been used as often as it could be.") {
				t.Fatalf("a refusal says %v", r)
			}
		}
		if n := w.Count("SELECT count(*) FROM orders WHERE discount_code = 'TEN' AND discount = 1400"); n != 10 {
			t.Errorf("%d orders have the discount", n)
		}
		if got := w.Level(shoe); w.Uses(ten) != 10 || got.Held != 10 {
			t.Errorf("%d uses, %d pairs held", w.Uses(ten), got.Held)
		}
		for _, p := range placements {
			w.Pays(p)
		}
		w.Work()
		if n := w.Count("SELECT count(*) FROM discount_uses WHERE state = 'used'"); n != 10 {
			t.Errorf("%d orders have used it", n)
		}
		w.Clean()
	})
}

func TestAUseIsGivenBackWhenItsPageRunsOut(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		once := w.Discount("ONCE", limited(1))
		p := w.Place(w.Code(w.Bag(1, shoe), "ONCE"))
		if w.Use(p) != shop.UseHeld || w.Uses(once) != 1 {
			t.Fatalf("%s, %d uses", w.Use(p), w.Uses(once))
		}
		other := w.Code(w.Bag(1, shoe), "ONCE")
		if _, err := w.Checkout.Place(t.Context(), other); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("the second: %v", err)
		}
		w.Clean()
		w.Advance(40 * time.Minute)
		w.WorkUntil(func() bool { return w.Order(p).State == shop.OrderCancelled })
		w.Work() // the end told again changes nothing
		if w.Use(p) != shop.UseReleased || w.Uses(once) != 0 {
			t.Errorf("%s, %d uses", w.Use(p), w.Uses(once))
		}
		w.Place(other)
		if w.Uses(once) != 1 {
			t.Errorf("%d uses", w.Uses(once))
		}
		w.Clean()
	})
}

func TestAChangedBagKeepsTheOneUseItHas(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe, socks := w.Shoe("Tern Racer", 14_000, 9), w.Shoe("Socks", 1_500, 9)
		once := w.Discount("ONCE", limited(1))
		bag := w.Code(w.Bag(1, shoe), "ONCE")
		old := w.Place(bag)
		if again := w.Place(bag); again != old {
			t.Error("pressing twice leads elsewhere")
		}
		w.AddLine(bag, socks, 1, 5)
		now := w.Place(bag)
		if w.Use(old) != shop.UseReleased || w.Use(now) != shop.UseHeld || w.Uses(once) != 1 {
			t.Errorf("old %s, new %s, %d uses", w.Use(old), w.Use(now), w.Uses(once))
		}
		w.Code(bag, "")
		plain := w.Place(bag)
		if plain == now || w.Order(plain).Discount != 0 || w.Uses(once) != 0 {
			t.Errorf("without the code: %s off, %d uses", w.Order(plain).Discount, w.Uses(once))
		}
		w.Clean()
	})
}

// T29: the same with codes that end at the threshold and a cent above it.
func TestWhatStripeAsksForIsWhatTheOrderSays(t *testing.T) {
	tests := []struct {
		name     string
		change   func(*shop.Discount)
		products []string
		each     int
		discount shop.Cents
		shipping shop.Cents
	}{
		{"a percentage with an odd cent", nil, nil, 3, 1_003, 800},
		{"an amount", amountOff(1_234), nil, 3, 1_234, 800},
		{"an amount that ends a cent below the line", amountOff(36), nil, 3, 36, 800},
		{"an amount that ends at the line", amountOff(35), nil, 3, 35, 800},
		{"an amount that ends above the line", amountOff(34), nil, 3, 34, 0},
		{"free shipping", func(d *shop.Discount) { d.Kind = shop.DiscountShipping }, nil, 1, 0, 0},
		{"everything", func(d *shop.Discount) { d.Value = 100 }, nil, 3, 10_035, 800},
		{"everything off one of two lines", func(d *shop.Discount) { d.Value, d.Scope = 100, shop.ScopeProducts }, []string{"S-9D"}, 3, 3_006, 800},
	}
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe, socks := w.Shoe("Tern Racer", 2_343, 99), w.Shoe("Socks", 1_002, 99)
		for i, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				code := "CODE-" + string(rune('A'+i))
				w.Discount(code, tt.change, tt.products...)
				p := w.Place(w.Code(w.Bag(tt.each, shoe, socks), code))
				order := w.Order(p)
				if order.Discount != tt.discount || order.Shipping != tt.shipping || order.DiscountCode != code {
					t.Errorf("the order has discount %s, shipping %s, code %q", order.Discount, order.Shipping, order.DiscountCode)
				}
				session, err := w.Pay.Session(t.Context(), w.Session(p))
				if err != nil || session.Total != order.Total || session.Discount != tt.discount || session.Shipping != tt.shipping {
					t.Errorf("Stripe asks for %s with %s off, the order for %s, %v", session.Total, session.Discount, order.Total, err)
				}
				w.Pays(p, "state", "CA")
				w.Work()
				paid := w.Order(p)
				if paid.State != shop.OrderPaid || paid.Review != "" || w.Use(p) != shop.UseUsed {
					t.Errorf("%s, review %q, its use %s", paid.State, paid.Review, w.Use(p))
				}
				if got := w.StripeSessions()[0].AmountTotal; got != int64(paid.GrandTotal()) || paid.Tax == nil {
					t.Errorf("Stripe took %d, the order comes to %s", got, paid.GrandTotal())
				}
			})
		}
		w.Clean()
	})
}

func TestACodeThatHasEndedMeanwhileIsSaidAndNothingIsPlaced(t *testing.T) {
	tests := []struct {
		name, statement, want string
	}{
		{"expired", "UPDATE discounts SET starts_at = created_at, ends_at = ? WHERE id = ?", "SPRING has expired. Take the code off your bag to go on without it."},
		{"switched off", "UPDATE discounts SET active = ?, max_uses = NULL WHERE id = ?", "There is no discount code SPRING."},
		{"below its minimum", "UPDATE discounts SET minimum = ? WHERE id = ?", "Add $12.00 more to use SPRING."},
	}
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		d := w.Discount("SPRING", nil)
		bag := w.Code(w.Bag(1, shoe), "SPRING")
		w.Advance(2 * time.Hour)
		for i, tt := range tests {
			w.Exec("UPDATE discounts SET active = ?, ends_at = NULL, minimum = 0 WHERE id = ?", true, d.ID)
			w.Exec(tt.statement, []any{w.Now().Add(-time.Minute), false, 15_200}[i], d.ID)
			_, err := w.Checkout.Place(t.Context(), bag)
			if shop.KindOf(err) != shop.KindConflict || !strings.Contains(shop.MessageOf(err), tt.want) {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if n := w.Count("SELECT count(*) FROM orders"); n != 0 {
			t.Errorf("%d orders", n)
		}
	})
}

// T30: a zone that costs nothing and a code for everything leave nothing to pay.
func TestAnOrderThatACodeMakesFreeNeverReachesStripe(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		pass := w.Sell(shop.Product{
			Title: "Race pass", Status: shop.ProductActive, Published: true,
			Variants: []shop.Variant{{Position: 1, Option1: shop.DefaultTitle, Price: 3_333, WeightUnit: "g", Policy: shop.PolicyDeny, Taxable: true}},
		})
		free := w.Discount("FREE", func(d *shop.Discount) { d.Value, d.MaxUses = 100, new(int64(1)) })
		p, err := w.Checkout.Place(t.Context(), w.Code(w.Bag(3, pass), "FREE"))
		if err != nil || p.RedirectURL != "" {
			t.Fatalf("%+v %v", p, err)
		}
		order := w.Order(p)
		if order.State != shop.OrderPaid || order.Total != 0 || order.Discount != 9_999 || w.Use(p) != shop.UseUsed || w.Uses(free) != 1 {
			t.Errorf("%s, total %s, use %s", order.State, order.Total, w.Use(p))
		}
		if n := len(w.StripeSessions()); n != 0 {
			t.Errorf("%d sessions at Stripe", n)
		}
		if n := w.Count("SELECT count(*) FROM carts WHERE discount_code <> ''"); n != 0 {
			t.Error("the bag still has the code")
		}
		w.Clean()
	})
}

// The coupon's answer is lost after Stripe made it, or Stripe fails: pressing
// again goes on with the same one.
func TestALostCouponIsFoundAgain(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		d := w.Discount("SPRING", nil)
		bag := w.Code(w.Bag(1, shoe), "SPRING")
		w.Fault("cut", "POST /v1/coupons", "2")
		if _, err := w.Checkout.Place(t.Context(), bag); shop.KindOf(err) != shop.KindUnavailable {
			t.Fatalf("%v", err)
		}
		w.ClearFaults()
		p := w.Place(bag)
		if n := len(w.StripeSessions()); n != 1 || w.Count("SELECT count(*) FROM orders") != 1 {
			t.Errorf("%d sessions", n)
		}
		w.Pays(p)
		w.Work()
		if w.Order(p).State != shop.OrderPaid || w.Uses(d) != 1 {
			t.Errorf("%s, %d uses", w.Order(p).State, w.Uses(d))
		}
		w.Clean()
	})
}

// closed is an order that ended behind Stripe's back, as after a restored
// backup, so that its page can still be paid.
func closed(w *checkouttest.World, p checkout.Placement, d shop.Discount) {
	o, a := w.Order(p), w.Attempt(p)
	w.Exec("UPDATE payment_attempts SET state = 'expired' WHERE id = ?", a.ID)
	w.Exec("UPDATE orders SET state = 'cancelled', closed_at = ? WHERE id = ?", w.Now(), o.ID)
	w.Exec("UPDATE stock_holds SET state = 'released' WHERE cause_id = ?", o.ID)
	w.Exec("UPDATE stock_levels SET held = held - 1 WHERE variant_id = ?", o.Lines[0].VariantID)
	w.Exec("UPDATE discount_uses SET state = 'released' WHERE order_id = ?", o.ID)
	w.Exec("UPDATE discounts SET uses = uses - 1 WHERE id = ?", d.ID)
}

func TestMoneyThatComesAfterTheUseWasGivenBackStillPays(t *testing.T) {
	for name, taken := range map[string]bool{"while it is left": false, "after another order took it": true} {
		t.Run(name, func(t *testing.T) {
			checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
				shoe := w.Shoe("Tern Racer", 14_000, 9)
				once := w.Discount("ONCE", limited(1))
				p := w.Place(w.Code(w.Bag(1, shoe), "ONCE"))
				closed(w, p, once)
				want := shop.UseUsed
				if taken {
					want = shop.UseLate
					w.Place(w.Code(w.Bag(1, shoe), "ONCE"))
				}
				w.Pays(p)
				w.Work()
				if got := w.Use(p); got != want || w.Order(p).State != shop.OrderPaid || w.Uses(once) != 1 {
					t.Errorf("its use is %s, want %s; %d uses", got, want, w.Uses(once))
				}
				if n := len(w.StripeRefunds()); n != 0 {
					t.Errorf("%d refunds", n)
				}
			})
		})
	}
}

func TestACustomerOverTheLimitIsPaidAndLookedAt(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		w.Discount("FIRST", func(d *shop.Discount) { d.MaxPerCustomer = new(int64(1)) })
		buy := func(email string) shop.Order {
			p := w.Place(w.Code(w.Bag(1, shoe), "FIRST"))
			w.Pays(p, "email", email)
			w.Work()
			return w.Order(p)
		}
		for _, tt := range []struct{ email, review string }{
			{"ada@runner.example", ""},
			{"bo@runner.example", ""},
			{"Ada@Runner.example", "the discount code FIRST is for 1 per customer, and this one had used it 1 before"},
		} {
			o := buy(tt.email)
			if o.State != shop.OrderPaid || o.Review != tt.review {
				t.Errorf("%s: %s, review %q", tt.email, o.State, o.Review)
			}
		}
		w.Clean()
	})
}
