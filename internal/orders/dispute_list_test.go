package orders_test

import (
	"fmt"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// Page by page every dispute of a list comes once, in its order, also where
// several have the same instant; a dispute is in one list.
func TestListsOfDisputesComePageByPage(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		d := w.Disputes(o)
		states := append(shop.DisputeStates(), shop.DisputeWaits)
		want := map[database.DisputeTab]int{database.DisputesToAnswer: 1}
		for i := range 90 {
			state, due, sent := states[i%len(states)], w.Now().Add(time.Duration(i/20)*time.Hour), "none"
			var ended *shop.Instant
			tab := database.DisputesAtBank
			switch {
			case state.Decided():
				ended, tab = &due, database.DisputesDecided
			case state.Waits() && i%4 == 0:
				sent = "sending"
			case state.Waits():
				tab = database.DisputesToAnswer
			}
			want[tab]++
			w.Exec(`INSERT INTO disputes (order_id, attempt_id, stripe_id, charge_id, amount, currency, reason, state, refundable, due_at, withdrawn, fee, movements,
					evidence_state, evidence, evidence_version, evidence_staged, evidence_key, last_error, created_at, updated_at, ended_at)
				SELECT order_id, attempt_id, ?, charge_id, amount, currency, reason, ?, refundable, ?, 0, fee, movements, ?, '', 1, 0, 'k', '', created_at, updated_at, ?
				FROM disputes WHERE id = ?`, fmt.Sprintf("dp_%d", i), state, due, sent, ended, d.ID)
		}
		for tab, n := range want {
			seen := map[shop.DisputeID]bool{}
			var after *database.Moment
			for {
				rows, err := w.DB.Disputes(t.Context(), tab, after, 7)
				if err != nil {
					t.Fatal(err)
				}
				for i := range rows {
					if seen[rows[i].ID] || rows[i].OrderNumber == nil || *rows[i].OrderNumber != *o.Number {
						t.Errorf("%s: dispute %d again, or of order %v", tab, rows[i].ID, rows[i].OrderNumber)
					}
					seen[rows[i].ID] = true
					if i > 0 && tab == database.DisputesToAnswer && rows[i].DueAt.Before(*rows[i-1].DueAt) {
						t.Errorf("%s comes after %s", rows[i].DueAt, rows[i-1].DueAt)
					}
				}
				if len(rows) < 7 {
					break
				}
				last := rows[len(rows)-1].Moment(tab)
				if after, err = database.ParseMoment(last.String()); err != nil {
					t.Fatal(err)
				}
			}
			if len(seen) != n {
				t.Errorf("%s has %d, want %d", tab, len(seen), n)
			}
		}
		if n, err := w.DB.DisputeCount(t.Context(), 1_000); err != nil || int(n) != want[database.DisputesToAnswer] {
			t.Errorf("%d to answer, %v", n, err)
		}
		if n, err := w.DB.DisputeCount(t.Context(), 3); err != nil || n != 3 {
			t.Errorf("%d counted up to 3, %v", n, err)
		}
	})
}
