package orders_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// T17: what staff want to give back is refused before Stripe is asked while the
// payment is disputed; while the bank only asks it can be given back.
func TestADisputedPaymentIsNotGivenBack(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(2, w.Shoe("Tern Racer", 14_000, 5))
		asked := w.Disputes(o, "inquiry", "true")
		if asked.State != shop.InquiryWaits || asked.Withdrawn != 0 || left(t, w, o) != o.GrandTotal() {
			t.Fatalf("%+v, %s are left", asked, left(t, w, o))
		}
		refund(t, w, refunding(t, w, o, "formkey1", goodwill(500)))
		if got := recorded(t, w, o); got != "staff succeeded 500" {
			t.Fatalf("an inquiry: %s", got)
		}

		grown := w.Decides(asked, "escalate")
		w.WorkUntil(func() bool { return w.Dispute(o).Withdrawn > 0 })
		if grown.State != shop.DisputeWaits {
			t.Fatalf("%+v", grown)
		}
		for name, err := range map[string]error{
			"giving back":   w.Orders.Refund(t.Context(), "staff:1", refundingAnyway(o, "formkey2", goodwill(500))),
			"planning":      planned(w.Orders.PlanRefund(t.Context(), o.ID, goodwill(500))),
			"again, second": w.Orders.Refund(t.Context(), "staff:1", refundingAnyway(o, "formkey2", goodwill(500))),
		} {
			if shop.KindOf(err) != shop.KindConflict || !strings.Contains(shop.MessageOf(err), "disputed at the bank") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := recorded(t, w, o); got != "staff succeeded 500" {
			t.Error(got)
		}

		w.Decides(grown, "lose")
		if err := planned(w.Orders.PlanRefund(t.Context(), o.ID, goodwill(500))); shop.KindOf(err) != shop.KindConflict || !strings.Contains(shop.MessageOf(err), "lost") {
			t.Errorf("of a lost one: %v", err)
		}
		w.Clean()
	})
}

func planned(_ shop.RefundPlan, _ shop.Cents, err error) error { return err }

// Pieces of a disputed order can be kept from being sent: their money is gone
// already and goes back no second time.
func TestPiecesOfADisputedOrderAreCancelledWithoutMoney(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(2, w.Shoe("Tern Racer", 14_000, 5))
		w.Disputes(o, "amount", fmt.Sprint(int64(o.GrandTotal())-1_000))
		cancel := orders.Cancellation{Order: o.ID, Key: "formkey1", Expected: 1_000}
		if err := w.Orders.Cancel(t.Context(), "staff:1", cancel); shop.KindOf(err) != shop.KindConflict || !strings.Contains(shop.MessageOf(err), "disputed") {
			t.Fatalf("with money that is left: %v", err)
		}
		p := w.Paid(1, w.Shoe("Keel", 14_000, 5))
		w.Disputes(p)
		cancel.Order, cancel.Expected, cancel.Restock = p.ID, 0, true
		if err := w.Orders.Cancel(t.Context(), "staff:1", cancel); err != nil {
			t.Fatal(err)
		}
		w.Work()
		if now := w.Again(p); now.Fulfilment != shop.FulfilmentCancelled || len(w.StripeRefunds()) != 0 {
			t.Errorf("%s, %d refunds at Stripe", now.Fulfilment, len(w.StripeRefunds()))
		}
		w.Clean()
	})
}

// T18: a dispute changes neither the order nor its stock, whatever state the
// order is in; how it ends is written down.
func TestADisputeChangesNothingOfTheOrder(t *testing.T) {
	for _, fate := range []string{"win", "lose"} {
		t.Run(fate, func(t *testing.T) {
			checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
				shoe := w.Shoe("Tern Racer", 14_000, 5)
				cancelled, returned, paid := w.Paid(1, shoe), w.Paid(1, shoe), w.Paid(1, shoe)
				if err := w.Orders.Cancel(t.Context(), "staff:1", orders.Cancellation{Order: cancelled.ID, Key: "formkey1", Expected: cancelled.GrandTotal(), Restock: true}); err != nil {
					t.Fatal(err)
				}
				refund(t, w, refunding(t, w, returned, "formkey2", shop.RefundChoice{Units: []shop.UnitID{returned.Lines[0].Units[0].ID}}))
				w.Work()
				for _, o := range []shop.Order{cancelled, returned, paid} {
					before, stock := w.Again(o), w.Level(shoe)
					w.Fault("duplicate", "charge.dispute.*", "0")
					d := w.Disputes(o)
					w.WorkUntil(func() bool { return w.Dispute(o).Withdrawn == o.GrandTotal() })
					d = w.Decides(d, fate)
					w.WorkUntil(func() bool { return fate == "lose" || w.Dispute(o).Withdrawn == 0 })
					d = w.Dispute(o)
					want, kept := shop.DisputeWon, shop.Cents(0)
					if fate == "lose" {
						want, kept = shop.DisputeLost, o.GrandTotal()
					}
					if d.State != want || d.Withdrawn != kept || d.Fee != 1_500 || d.EndedAt == nil {
						t.Errorf("%+v", d)
					}
					after := w.Again(o)
					if after.State != before.State || after.Fulfilment != before.Fulfilment || after.Review != before.Review || w.Level(shoe) != stock {
						t.Errorf("the order was %s %s %q and is %s %s %q, stock %+v and %+v", before.State, before.Fulfilment, before.Review, after.State, after.Fulfilment, after.Review, stock, w.Level(shoe))
					}
				}
				if n := w.Count("SELECT count(*) FROM disputes"); n != 3 {
					t.Errorf("%d disputes", n)
				}
				w.Clean()
			})
		})
	}
}

// What a bank takes is no longer there to be given back, and is again when the
// dispute is won.
func TestWhatABankTakesIsPartOfTheSums(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.PaidBy(checkouttest.CardNotCome, 1, w.Shoe("Tern Racer", 14_000, 5))
		w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM disputes WHERE withdrawn > 0") == 1 })
		if got := left(t, w, o); got != 0 {
			t.Errorf("%s are left", got)
		}
		w.Decides(w.Dispute(o), "win")
		w.WorkUntil(func() bool { return left(t, w, o) == o.GrandTotal() })
		w.Clean()
	})
}

// A dispute is heard of when no webhook came, and many times as once.
func TestADisputeIsWrittenDownOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		w.Fault("drop", "charge.dispute.*", "0")
		w.Control("/_sim/payments/" + w.Intent(o) + "/dispute")
		for range 2 {
			if _, err := w.Checkout.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		d := w.Dispute(o)
		sync := func() error { return w.Orders.SyncDispute(t.Context(), d.StripeID) }
		w.Control("/_sim/disputes/" + d.StripeID + "/lose")
		for _, err := range atOnce(sync, sync, sync, sync) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := w.Dispute(o); got.State != shop.DisputeLost || got.Withdrawn != o.GrandTotal() {
			t.Errorf("%+v", got)
		}
		for query, want := range map[string]int{
			"SELECT count(*) FROM disputes": 1,
			"SELECT count(*) FROM steps WHERE thing_kind = 'dispute' AND to_state <> from_state":   2,
			"SELECT count(*) FROM steps WHERE thing_kind = 'dispute' AND cause LIKE '%bank took%'": 1,
			"SELECT count(*) FROM alarms WHERE kind = 'dispute' AND times = 2":                     1,
		} {
			if got := w.Count(query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
		if err := w.Orders.SyncDispute(t.Context(), "dp_nothing"); !shop.IsNotFound(err) {
			t.Errorf("of nothing: %v", err)
		}
		w.Clean()
	})
}

// drafted saves the answer that a form would begin with, with a text.
func drafted(t *testing.T, w *checkouttest.World, d shop.Dispute, text string) shop.Dispute {
	t.Helper()
	e, err := w.Orders.FirstEvidence(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	e.Text = text
	if err := w.Orders.DraftEvidence(t.Context(), "staff:1", orders.EvidenceDraft{Dispute: d.ID, Evidence: e, Version: d.EvidenceVersion}); err != nil {
		t.Fatal(err)
	}
	w.Work()
	now, err := w.DB.Dispute(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// evidence is what the simulator's books have as the answer to a dispute.
func evidence(w *checkouttest.World, d shop.Dispute) (text string, sent int) {
	var books struct {
		Disputes []struct {
			ID       string
			Evidence map[string]*string
			Details  struct {
				Submissions int `json:"submission_count"`
			} `json:"evidence_details"`
		}
	}
	w.Show("/_sim/disputes", &books)
	for _, b := range books.Disputes {
		if b.ID == d.StripeID && b.Evidence["uncategorized_text"] != nil {
			return *b.Evidence["uncategorized_text"], b.Details.Submissions
		}
	}
	return "", 0
}

func TestAnAnswerIsDraftedAndSentOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		d := w.Disputes(o)
		if err := w.Orders.SendEvidence(t.Context(), "staff:1", d.ID, 0); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("sending nothing: %v", err)
		}
		d = drafted(t, w, d, "It was delivered to the porch.")
		if text, sent := evidence(w, d); text != "It was delivered to the porch." || sent != 0 || d.EvidenceStaged != 1 || d.State != shop.DisputeWaits {
			t.Fatalf("%q, sent %d times, %+v", text, sent, d)
		}
		stale := orders.EvidenceDraft{Dispute: d.ID, Evidence: shop.Evidence{Text: "Another."}, Version: 0}
		if err := w.Orders.DraftEvidence(t.Context(), "staff:2", stale); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("over another's: %v", err)
		}
		if err := w.Orders.SendEvidence(t.Context(), "staff:1", d.ID, 9); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("another version: %v", err)
		}

		e, err := shop.ParseEvidence(d.Evidence)
		if err != nil {
			t.Fatal(err)
		}
		e.Text = "It was delivered to the back door."
		e.Email = "" // what Stripe keeps already can only be written over
		if err := w.Orders.DraftEvidence(t.Context(), "staff:1", orders.EvidenceDraft{Dispute: d.ID, Evidence: e, Version: 1}); err != nil {
			t.Fatal(err)
		}
		w.Work()
		if d = w.Dispute(o); d.EvidenceStaged != 2 || d.LastError != "" {
			t.Fatalf("the second draft: %+v", d)
		}

		// The reply is lost, the key forgotten a day later: it is with the bank once.
		w.Fault("cut", "POST /v1/disputes/{id}", "0")
		press := func() error { return w.Orders.SendEvidence(t.Context(), "staff:1", d.ID, d.EvidenceVersion) }
		for _, err := range atOnce(press, press, press) {
			if err != nil {
				t.Error(err)
			}
		}
		if err := w.Orders.AnswerDispute(t.Context(), d.ID); err == nil {
			t.Fatal("the reply was not lost")
		}
		w.ClearFaults()
		w.Advance(25 * time.Hour)
		w.Work()
		d = w.Dispute(o)
		if text, sent := evidence(w, d); sent != 1 || text != "It was delivered to the back door." || d.EvidenceState != shop.EvidenceSent || d.State != shop.DisputeAnswered || d.SentAt == nil {
			t.Errorf("%q, sent %d times, %+v", text, sent, d)
		}
		if err := press(); err != nil {
			t.Errorf("pressed once more: %v", err)
		}
		late := orders.EvidenceDraft{Dispute: d.ID, Evidence: shop.Evidence{Text: "One more thing."}, Version: d.EvidenceVersion}
		if err := w.Orders.DraftEvidence(t.Context(), "staff:1", late); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("after it was sent: %v", err)
		}
		for query, want := range map[string]int{
			"SELECT count(*) FROM audit_entries WHERE action = 'dispute.draft'": 2,
			"SELECT count(*) FROM audit_entries WHERE action = 'dispute.send'":  1,
		} {
			if got := w.Count(query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
		w.Clean()
	})
}

// The words in the answer decide at once: won, lost, or an inquiry that grows.
func TestWhatBecomesOfAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		card, says string
		state      shop.DisputeState
		evidence   shop.EvidenceState
		takes      bool
	}{
		{checkouttest.CardDisputes, "winning_evidence", shop.DisputeWon, shop.EvidenceSent, false},
		{checkouttest.CardNotCome, "losing_evidence", shop.DisputeLost, shop.EvidenceSent, true},
		{checkouttest.CardIsAskedOf, "winning_evidence", shop.InquiryClosed, shop.EvidenceSent, false},
		{checkouttest.CardIsAskedOf, "escalate_inquiry_evidence", shop.DisputeWaits, shop.EvidenceDraft, true},
	} {
		t.Run(tt.card+" "+tt.says, func(t *testing.T) {
			checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
				o := w.PaidBy(tt.card, 1, w.Shoe("Tern Racer", 14_000, 5))
				w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM disputes") == 1 })
				d := drafted(t, w, w.Dispute(o), tt.says)
				if err := w.Orders.SendEvidence(t.Context(), "staff:1", d.ID, d.EvidenceVersion); err != nil {
					t.Fatal(err)
				}
				w.Work()
				w.WorkUntil(func() bool { d = w.Dispute(o); return d.State == tt.state && (d.Withdrawn > 0) == tt.takes })
				if d.EvidenceState != tt.evidence || !d.Open() && tt.evidence == shop.EvidenceDraft {
					t.Errorf("%+v", d)
				}
				w.Clean()
			})
		})
	}
}

// Nobody answered in time: the answer that comes later is refused in plain
// words and told of.
func TestAnAnswerThatIsTooLateIsToldOf(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		d := drafted(t, w, w.Disputes(o), "It was delivered.")
		w.Fault("drop", "charge.dispute.*", "0")
		w.Advance(15 * 24 * time.Hour) // Stripe has decided, the shop has not heard of it
		if err := w.Orders.SendEvidence(t.Context(), "staff:1", d.ID, d.EvidenceVersion); err != nil {
			t.Fatal(err)
		}
		w.Work()
		d = w.Dispute(o)
		if _, sent := evidence(w, d); sent != 0 || d.EvidenceState != shop.EvidenceDraft || d.State != shop.DisputeLost || !strings.Contains(d.LastError, "lost") {
			t.Errorf("%+v", d)
		}
		if err := w.Orders.SendEvidence(t.Context(), "staff:1", d.ID, d.EvidenceVersion); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("once more: %v", err)
		}
		w.Clean()
	})
}

func TestStaffAreRemindedOfADisputeTwice(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		w.Disputes(o)
		times := func() int { return w.Count("SELECT times FROM alarms WHERE kind = 'dispute'") }
		for _, at := range []struct {
			wait time.Duration
			want int
		}{{time.Hour, 1}, {11*24*time.Hour - 2*time.Hour, 1}, {2 * time.Hour, 2}, {time.Hour, 2}, {2 * 24 * time.Hour, 3}} {
			w.Advance(at.wait)
			for range 2 {
				if err := w.Orders.RemindOfDisputes(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if got := times(); got != at.want {
				t.Errorf("after another %s: told %d times, want %d", at.wait, got, at.want)
			}
		}
		w.Clean()
	})
}
