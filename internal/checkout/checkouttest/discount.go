package checkouttest

import (
	"time"

	"longrun/internal/checkout"
	"longrun/internal/shop"
)

// Discount makes a code for everything, in force since an hour ago, as change
// has it; products are what it is for if change sets that scope.
func (w *World) Discount(code string, change func(*shop.Discount), products ...string) shop.Discount {
	w.T.Helper()
	d := shop.Discount{Code: code, Kind: shop.DiscountPercent, Value: 10, Scope: shop.ScopeAll, StartsAt: w.Now().Add(-time.Hour)}
	if change != nil {
		change(&d)
	}
	made, err := checkout.NewDiscounts(w.DB).Make(w.T.Context(), shop.ByCommand, checkout.DiscountForm{Discount: d, Products: products})
	if err != nil {
		w.T.Fatal(err)
	}
	return made
}

// Code gives a bag a discount code.
func (w *World) Code(cart shop.CartID, code string) shop.CartID {
	w.T.Helper()
	w.Exec("UPDATE carts SET discount_code = ? WHERE id = ?", code, cart)
	return cart
}

// Uses is how often a discount is held or used by its own count.
func (w *World) Uses(d shop.Discount) int {
	w.T.Helper()
	return w.Count("SELECT uses FROM discounts WHERE id = ?", d.ID)
}

// Use is the state of an order's use of a discount.
func (w *World) Use(p checkout.Placement) shop.UseState {
	w.T.Helper()
	use, err := w.DB.DiscountUseOf(w.T.Context(), w.Order(p).ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return use.State
}
