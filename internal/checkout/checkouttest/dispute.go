package checkouttest

import (
	"encoding/json"

	"longrun/internal/shop"
)

// Cards whose holders dispute what they pay for, or only have their bank ask.
const (
	CardDisputes  = "4000000000000259"
	CardNotCome   = "4000000000002685"
	CardIsAskedOf = "4000000000001976"
)

// Disputes has the holder of the card of an order dispute its payment, with
// fields as the simulator takes them, and works until the shop has heard of it.
func (w *World) Disputes(o shop.Order, fields ...string) shop.Dispute {
	w.T.Helper()
	var made struct{ Dispute string }
	if err := json.Unmarshal(w.Control("/_sim/payments/"+w.Intent(o)+"/dispute", fields...), &made); err != nil {
		w.T.Fatal(err)
	}
	w.WorkUntil(func() bool { _, err := w.DB.DisputeByStripeID(w.T.Context(), made.Dispute); return err == nil })
	w.Work()
	return w.Dispute(o)
}

// Dispute is the newest dispute of an order.
func (w *World) Dispute(o shop.Order) shop.Dispute {
	w.T.Helper()
	all, err := w.DB.DisputesOfOrder(w.T.Context(), o.ID)
	if err != nil || len(all) == 0 {
		w.T.Fatalf("%d disputes, %v", len(all), err)
	}
	return all[len(all)-1]
}

// Decides has the bank win, lose, close or escalate a dispute and works until
// the shop has heard of it.
func (w *World) Decides(d shop.Dispute, fate string) shop.Dispute {
	w.T.Helper()
	w.Control("/_sim/disputes/" + d.StripeID + "/" + fate)
	w.WorkUntil(func() bool { return w.dispute(d).State != d.State })
	w.Work()
	return w.dispute(d)
}

func (w *World) dispute(d shop.Dispute) shop.Dispute {
	now, err := w.DB.Dispute(w.T.Context(), d.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return now
}
