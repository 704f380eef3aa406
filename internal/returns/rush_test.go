package returns_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"longrun/internal/shop"
)

// TestTheLastPairGoesToOneOfManyExchangesAndBuyers: whoever asks for it in
// exchange holds it like whoever buys it.
func TestTheLastPairGoesToOneOfManyExchangesAndBuyers(t *testing.T) {
	const rush = 50
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(rush, 1)
		var orders []shop.Order
		for range 5 {
			orders = append(orders, d.sent(rush/5, v[0]))
		}
		var exchanged, bought, refused atomic.Int64
		var wg sync.WaitGroup
		for n := range rush {
			cart := d.Bag(1, v[1])
			o := orders[n%len(orders)]
			wg.Go(func() {
				switch _, err := d.try(o, exchangeOf(units(o)[n/len(orders)], v[1])); {
				case err == nil:
					exchanged.Add(1)
				case shop.KindOf(err) == shop.KindConflict:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
			wg.Go(func() {
				switch _, err := d.Checkout.Place(t.Context(), cart); {
				case err == nil:
					bought.Add(1)
				case shop.KindOf(err) == shop.KindConflict:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if exchanged.Load()+bought.Load() != 1 || refused.Load() != 2*rush-1 || d.stock(v[1]) != "1/1" {
			t.Errorf("%d exchanged, %d bought, %d refused, stock %s", exchanged.Load(), bought.Load(), refused.Load(), d.stock(v[1]))
		}
		d.Verified()
	})
}
