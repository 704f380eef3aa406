package cart_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// discount makes a code of 10% off everything, as change has it.
func (w *world) discount(code string, change func(*shop.Discount)) shop.Discount {
	w.t.Helper()
	now, err := w.db.Now(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	d := shop.Discount{Code: code, Kind: shop.DiscountPercent, Value: 10, Scope: shop.ScopeAll, StartsAt: now.Add(-time.Hour), Active: true}
	if change != nil {
		change(&d)
	}
	w.tx(func(ctx context.Context, tx *database.Tx) error { return tx.InsertDiscount(ctx, &d) })
	return d
}

func TestACodeIsTakenInAnyCaseAndRefusedWithItsReason(t *testing.T) {
	each(t, func(w *world) {
		past := time.Now().Add(-time.Minute)
		w.discount("SPRING", nil)
		w.discount("OVER", func(d *shop.Discount) { end := shop.At(past); d.EndsAt = &end })
		w.discount("SOON", func(d *shop.Discount) { d.StartsAt = shop.At(time.Now().Add(time.Hour)) })
		w.discount("OFF", func(d *shop.Discount) { d.Active = false })
		w.discount("BIG", func(d *shop.Discount) { d.Minimum = 15_200 })
		once := w.discount("ONCE", func(d *shop.Discount) { d.MaxUses = ptr(int64(1)) })
		w.tx(func(ctx context.Context, tx *database.Tx) error {
			order := shop.Order{CartID: 999, State: shop.OrderPending, Currency: "usd", SettingsVersion: 1, DiscountCode: "ONCE",
				Lines: []shop.OrderLine{{Position: 1, Quantity: 1}}}
			if err := tx.InsertOrder(ctx, &order); err != nil {
				return err
			}
			_, err := tx.HoldUse(ctx, once.ID, order.ID)
			return err
		})
		w.mustAdd(w.sell(shoe("Tern Racer", 5)), 1)
		tests := []struct {
			name, typed, kept, refusal, problem string
		}{
			{"as it is", "SPRING", "SPRING", "", ""},
			{"in lower case", " spring ", "SPRING", "", ""},
			{"the same twice, as a program sends it", "spring,SPRING,", "SPRING", "", ""},
			{"two codes", "SPRING,BIG", "", "An order takes one discount code.", ""},
			{"nothing takes it off", "", "", "", ""},
			{"only blanks take it off", " , ", "", "An order takes one discount code.", ""},
			{"unknown", "winter", "", "There is no discount code WINTER.", ""},
			{"off, which is as unknown", "off", "", "There is no discount code OFF.", ""},
			{"expired", "over", "", "OVER has expired.", ""},
			{"not yet", "soon", "", "SOON cannot be used yet.", ""},
			{"used up", "once", "", "ONCE has been used as often as it could be.", ""},
			{"below the minimum, which another bag would cure", "big", "BIG", "", "Add $12.00 more to use BIG."},
			{"five hundred characters", strings.Repeat("A", 500), "", "3 to 32 letters", ""},
			{"markup", `<script>alert(1)</script>`, "", "3 to 32 letters", ""},
		}
		for _, tt := range tests {
			if _, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Discount: ptr("")}); err != nil {
				w.t.Fatal(err)
			}
			_, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Discount: &tt.typed})
			if tt.refusal == "" && err != nil || tt.refusal != "" && (shop.KindOf(err) != shop.KindInvalid || !strings.Contains(shop.MessageOf(err), tt.refusal)) {
				w.t.Errorf("%s: %v", tt.name, err)
			}
			bag := w.view()
			if bag.Cart.DiscountCode != tt.kept || bag.CodeOff.Sentence != tt.problem {
				w.t.Errorf("%s: the bag keeps %q, which takes nothing off since %q", tt.name, bag.Cart.DiscountCode, bag.CodeOff.Sentence)
			}
			want := shop.Cents(0)
			if tt.kept == "SPRING" {
				want = 1_400
			}
			if bag.Quote.Discount != want {
				w.t.Errorf("%s: %s off", tt.name, bag.Quote.Discount)
			}
		}
	})
}

func TestACodeForSomeProductsIsSpreadOverThoseAlone(t *testing.T) {
	each(t, func(w *world) {
		racer, sock := w.sell(shoe("Tern Racer", 5)), w.sell(shoe("Sock", 5))
		byCollection := w.discount("ROAD", func(d *shop.Discount) { d.Scope = shop.ScopeCollections })
		byProduct := w.discount("SOCKS", func(d *shop.Discount) { d.Scope = shop.ScopeProducts })
		w.mustAdd(racer, 1)
		w.mustAdd(sock, 1)
		w.tx(func(ctx context.Context, tx *database.Tx) error {
			road := shop.Collection{Handle: "road", Title: "Road", SortOrder: shop.SortManual}
			if err := tx.InsertCollection(ctx, &road); err != nil {
				return err
			}
			if err := tx.SetCollectionProducts(ctx, road.ID, []shop.ProductID{racer.ProductID}); err != nil {
				return err
			}
			if err := tx.SetDiscountScope(ctx, byCollection.ID, nil, []shop.CollectionID{road.ID}); err != nil {
				return err
			}
			return tx.SetDiscountScope(ctx, byProduct.ID, []shop.ProductID{sock.ProductID}, nil)
		})
		for code, title := range map[string]string{"ROAD": "Tern Racer", "SOCKS": "Sock"} {
			if _, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Discount: &code}); err != nil {
				w.t.Fatal(err)
			}
			for _, l := range w.view().Lines {
				if want := map[bool]shop.Cents{true: 1_400}[l.Product.Title == title]; l.Off != want {
					w.t.Errorf("%s: %s off %s, want %s", code, l.Off, l.Product.Title, want)
				}
			}
		}
	})
}
