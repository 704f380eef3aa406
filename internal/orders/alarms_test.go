package orders_test

import (
	"context"
	"strings"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/settings"
	"longrun/internal/shop"
)

// toldOf has somebody told of everything.
func toldOf(t *testing.T, w *checkouttest.World) {
	t.Helper()
	typed := settings.Alarms{To: []string{"ada@shop.example"}, On: shop.AlarmKinds()}
	if err := settings.New(w.DB, false).SetAlarms(t.Context(), typed, shop.ByCommand); err != nil {
		t.Fatal(err)
	}
}

// alarms are the open alarms and what staff were mailed, by cause.
func alarms(t *testing.T, w *checkouttest.World) (open map[shop.AlarmKind]shop.Alarm, mailed string) {
	t.Helper()
	list, err := w.DB.OpenAlarms(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	open = map[shop.AlarmKind]shop.Alarm{}
	for _, a := range list {
		open[a.Kind] = a
	}
	mails, err := w.DB.MailList(t.Context(), database.MailSearch{Recipient: "ada@shop.example", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		mailed += strings.Split(m.Key, ":")[1] + " "
	}
	return open, mailed
}

func TestStaffAreToldOfAPaidOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		toldOf(t, w)
		for range 2 {
			p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 3)))
			w.Pays(p)
			w.Work()
		}
		if open, mailed := alarms(t, w); len(open) != 0 || mailed != "new_order " {
			t.Errorf("open: %+v, mailed: %s", open, mailed)
		}
	})
}

func TestMoneyThatComesTooLateRaisesAnAlarmOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		toldOf(t, w)
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 1)))
		w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(p).ID)
		w.Pays(p)
		for range 2 {
			if _, err := w.Orders.Settle(t.Context(), w.Session(p)); err != nil {
				t.Fatal(err)
			}
		}
		open, mailed := alarms(t, w)
		if a := open[shop.AlarmMoney]; len(open) != 1 || a.Times != 1 || !strings.Contains(a.Message, "goes back") || a.URL != shop.OrderAlarmURL(w.Order(p).ID) || mailed != "money_without_order " {
			t.Errorf("open: %+v, mailed: %s", open, mailed)
		}
	})
}

func TestARefundThatFailsAndAnOrderForReviewRaiseAlarms(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		toldOf(t, w)
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 1)))
		w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(p).ID)
		w.Pays(p)
		if _, err := w.Orders.Settle(t.Context(), w.Session(p)); err != nil {
			t.Fatal(err)
		}
		refunds, err := w.DB.RefundsOfOrder(t.Context(), w.Order(p).ID)
		if err != nil || len(refunds) != 1 {
			t.Fatalf("%+v %v", refunds, err)
		}
		w.Exec("UPDATE payment_attempts SET payment_intent = 'pi_gone' WHERE order_id = ?", w.Order(p).ID)
		if err := w.Orders.GiveBack(t.Context(), refunds[0].ID); err != nil {
			t.Fatal(err)
		}
		open, _ := alarms(t, w)
		if a := open[shop.AlarmRefundFailed]; !strings.HasPrefix(a.Message, "The refund of $") {
			t.Errorf("%+v", open)
		}
		if a := open[shop.AlarmReview]; !strings.HasPrefix(a.Message, "An order needs review: the refund of $") {
			t.Errorf("%+v", open)
		}
	})
}

// What the transaction takes back it has not told.
func TestAnOrderThatIsRolledBackTellsNobody(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		toldOf(t, w)
		err := w.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			if err := tx.TellOfOrder(ctx, 1); err != nil {
				return err
			}
			return shop.Conflict("no")
		})
		if _, mailed := alarms(t, w); err == nil || mailed != "" {
			t.Errorf("mailed: %s", mailed)
		}
	})
}
