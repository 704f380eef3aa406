package privacy_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/returns"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

// where narrows the rows of a table to those that say something of a person.
var where = map[string]string{
	"steps":           "thing_kind = 'parcel' OR thing_kind = 'refund' AND from_state <> '' OR thing_kind = 'order' AND from_state = to_state",
	"stock_movements": "cause_kind = 'cancellation'",
	"order_visitors":  "order_id > 0",
}

// skipped are columns of text that cannot have just any words in them: what a
// person is found by, and what is sealed.
var skipped = map[string]bool{"order_contacts.email": true, "contact_messages.email": true, "mails.recipient": true, "privacy_requests.sealed": true,
	"accounts.email": true, "stock_waits.address": true, "stock_waits.state": true, "account_emails.email": true, "account_sign_ins.email": true}

// byAddress are the tables whose rows are found by the address in their text
// alone.
var byAddress = map[string]bool{"alarms": true, "jobs": true, "verify_runs": true}

// TestWhatIsDecidedIsDone writes a word of its own into every column that
// shop.Personal says is erased, and looks for it in the export, and in the
// whole database after the erasure.
func TestWhatIsDecidedIsDone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.lives(ada)
		w.Tx(func(ctx context.Context, tx *database.Tx) error {
			must(t, tx.AddVisitor(ctx, o.ID, "visitor:x"))
			attempt, err := tx.PaidAttempt(ctx, o.ID)
			must(t, err)
			dispute := shop.Dispute{OrderID: o.ID, AttemptID: attempt.ID, StripeID: "dp_1", ChargeID: attempt.ChargeID, Amount: 100, Currency: "usd", Reason: "general",
				State: shop.DisputeWon, CreatedAt: tx.Now()}
			must(t, tx.AddDispute(ctx, &dispute))
			wait := shop.StockWait{VariantID: o.Lines[0].VariantID, Email: ada.email, Address: shop.SameEmail(ada.email)}
			if _, err := tx.AddWait(ctx, &wait); err != nil {
				return err
			}
			if _, err := tx.AddVerifyRun(ctx, &shop.VerifyRun{Key: "k", Who: shop.ByCommand}); err != nil {
				return err
			}
			return tx.Raise(ctx, shop.Alarm{Kind: shop.AlarmMail, Message: "a mail does not leave"})
		})
		back, err := returns.New(w.DB, nil).Request(t.Context(), "staff:1", returns.Asking{Order: o.ID, Key: rand.Text(), Override: "because",
			Wishes: []returns.Wish{{Unit: shippedUnit(t, o), Reason: "width.wide", Comment: "c", Outcome: shop.OutcomeRefund}}})
		must(t, err)
		must(t, returns.New(w.DB, nil).Cancel(t.Context(), "staff:1", back.ID))
		must(t, upkeep.New(w.DB, nil).RunVerify(t.Context(), 1))
		w.Exec("UPDATE mails SET state = 'handed', handed_at = created_at WHERE state = 'queued'")
		told := w.sow()
		files := w.exported(ada.email)
		for word, file := range told {
			if file != "" && !strings.Contains(files[file], word) {
				t.Errorf("%s says nothing of %s", file, word)
			}
		}
		if !strings.Contains(files["orders.csv"], "canary.orders.note") || !strings.Contains(files["README.txt"], ada.email) {
			t.Error("the file for spreadsheets or the README lacks something")
		}
		if r := w.erased(ada.email); r.State != shop.PrivacyDone {
			t.Fatalf("the erasure is %s: %s", r.State, r.Why)
		}
		all := w.bytesOf()
		for word := range told {
			if at := strings.Index(all, word); at >= 0 {
				t.Errorf("%s is still there: %q", word, all[max(0, at-60):min(len(all), at+60)])
			}
		}
		w.Verified()
	})
}

// shippedUnit is a piece of an order that was sent.
func shippedUnit(t *testing.T, o shop.Order) shop.UnitID {
	t.Helper()
	for _, l := range o.Lines {
		for _, u := range l.Units {
			if u.State == shop.UnitShipped {
				return u.ID
			}
		}
	}
	t.Fatal("nothing was sent")
	return 0
}

// sow writes a word into every such column of text and says which file is to
// tell of each.
func (w *world) sow() map[string]string {
	w.T.Helper()
	told := map[string]string{}
	for _, p := range shop.Personal() {
		for _, column := range strings.Fields(p.Erased) {
			name := p.Table + "." + column
			kind := w.typeOf(p.Table, column)
			if skipped[name] || kind == "" {
				continue
			}
			word := "canary." + name + "."
			condition := where[p.Table]
			if condition == "" {
				condition = "1 = 1"
			}
			if n := w.Count("SELECT count(*) FROM " + p.Table + " WHERE " + condition); n == 0 {
				w.T.Errorf("no row of %s, so that nothing is shown", p.Table)
			}
			named := ""
			if byAddress[p.Table] {
				named = ada.email
			}
			if kind == "json" {
				w.Exec("UPDATE "+p.Table+" SET "+column+" = ? WHERE "+condition, fmt.Sprintf(`{"word":%q,"of":%q}`, word, named))
			} else {
				w.Exec("UPDATE "+p.Table+" SET "+column+" = ? || "+column+" WHERE "+condition, word+" "+named+" ")
			}
			told[word] = p.File
		}
	}
	return told
}

// typeOf says whether a column is text or JSON; "" for anything else.
func (w *world) typeOf(table, column string) string {
	if name := table + "." + column; name == "audit_details.details" || name == "payment_attempts.params" || name == "stripe_events.payload" || name == "verify_runs.report" {
		return "json"
	}
	question := "SELECT count(*) FROM pragma_table_info(?) WHERE name = ? AND type = 'TEXT'"
	if !strings.HasPrefix(w.URL, "sqlite:") {
		question = "SELECT count(*) FROM information_schema.columns WHERE table_name = ? AND column_name = ? AND data_type = 'text'"
	}
	if w.Count(question, table, column) == 1 {
		return "text"
	}
	return ""
}
