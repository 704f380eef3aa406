package staff_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// What a mail server said stands on the mail's page and the order's, as text.
func TestWhatAMailServerRefusedIsShownAndCanBeSentAgain(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	owner := session(t, s, hire(t, s, "owner@shop.example", shop.RoleOwner))
	tern(s)
	order := buy(t, s, buying{})
	s.WaitForMail(1)
	id := refused(t, s, order, "550 <b>no</b> such user")
	page := fmt.Sprintf("/staff/system/mails/%d", id)
	for _, at := range []string{page, fmt.Sprintf("/staff/orders/%d", order.ID)} {
		if a := ask(t, s, "GET", at, owner, nil); !strings.Contains(a.body, "550 &lt;b&gt;no&lt;/b&gt; such user") {
			t.Errorf("%s is %d and does not say it", at, a.status)
		}
	}
	if a := ask(t, s, "GET", "/staff/system/mails?state=refused", owner, nil); !strings.Contains(a.body, page) {
		t.Errorf("the list of what was refused is %d without it", a.status)
	}
	again := url.Values{"key": {"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}, "sure": {"yes"}}
	if a := ask(t, s, "POST", page+"/again", owner, again); a.status != 303 {
		t.Errorf("sending it again answers %d: %.300s", a.status, a.body)
	}
	s.WaitForMail(2)
	s.Verify()
}

// refused is a mail about an order that the mail server will not have.
func refused(t *testing.T, s *apptest.Shop, order shop.Order, words string) (id shop.MailID) {
	t.Helper()
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		mail := shop.Mail{Kind: shop.MailOrderConfirmation, Key: "refused", Recipient: order.Contact.Email, ThingID: int64(order.ID)}
		if err := tx.EnqueueMail(ctx, mail); err != nil {
			return err
		}
		row, err := tx.MailByKey(ctx, mail.Key)
		if err != nil {
			return err
		}
		id = row.ID
		_, err = tx.MailRefused(ctx, id, words)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}
