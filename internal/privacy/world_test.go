package privacy_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/privacy"
	"longrun/internal/shop"
	"longrun/internal/testneed"
)

// person is somebody of whom a lot is held.
type person struct{ email, name, line1, phone, tracking string }

var (
	ada = person{"Ada.Moss@runner.example", "Ada Quillfeather", "77 Hollyhock Crescent", "+15035550177", "1Z999AA10123456784"}
	bea = person{"bea@walker.example", "Bea Underhill", "5 Larkspur Rise", "+15035550188", "1Z12345E0205271688"}
)

// world is a shop with a service of its own.
type world struct {
	*checkouttest.World
	privacy *privacy.Service
	ships   *fulfilment.Service
	shoe    shop.Variant
}

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		test(t, &world{w, privacy.New(w.DB, nil), fulfilment.New(w.DB, nil), w.Shoe("Tern", 12_900, 100)})
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// buys has somebody buy three pairs with every word one can leave, after a
// checkout of the same bag that came to nothing.
func (w *world) buys(p person) shop.Order {
	w.T.Helper()
	cart := w.Bag(2, w.shoe)
	w.words(cart, p)
	w.Place(cart)
	w.Exec("UPDATE cart_lines SET quantity = 3 WHERE cart_id = ?", cart)
	placed := w.Place(cart)
	w.Pays(placed, "email", p.email, "name", p.name, "line1", p.line1, "phone", p.phone)
	w.Work()
	order := w.Order(placed)
	if order.State != shop.OrderPaid || order.Contact.Line1 != p.line1 {
		w.T.Fatalf("the order is %s of %+v", order.State, order.Contact)
	}
	w.AddLine(cart, w.shoe, 1, 1)
	w.words(cart, p)
	return order
}

// words leaves a note, a gift note, an attribute and a property in a bag.
func (w *world) words(cart shop.CartID, p person) {
	w.T.Helper()
	w.Exec("UPDATE carts SET note = ?, gift_note = ? WHERE id = ?", "Ring twice, "+p.name, "For "+p.name, cart)
	w.Exec("INSERT INTO cart_attributes (cart_id, name, value) VALUES (?, 'Club', ?)", cart, p.name+" runners")
	w.Exec("INSERT INTO line_properties (line_id, position, name, value) SELECT id, 1, 'Engraving', ? FROM cart_lines WHERE cart_id = ?", p.name, cart)
}

// lives is an order with all that can happen to it, to its end.
func (w *world) lives(p person) shop.Order {
	w.T.Helper()
	o := w.buys(p)
	unit := o.Lines[0].Units[0].ID
	plan, err := w.Orders.PlanCancel(w.T.Context(), o.ID, []shop.UnitID{unit})
	must(w.T, err)
	must(w.T, w.Orders.Cancel(w.T.Context(), "staff:1", orders.Cancellation{
		Order: o.ID, Units: []shop.UnitID{unit}, Reason: p.name + " changed her mind", Restock: true, Key: "cancel-" + w.key(), Expected: plan.Amount(),
	}))
	w.Work()
	parcel, err := w.ships.Ship(w.T.Context(), "staff:1", fulfilment.Shipment{Order: o.ID, Carrier: "UPS", Tracking: p.tracking, Tell: true, Key: "ship-" + w.key()})
	must(w.T, err)
	must(w.T, w.ships.Note(w.T.Context(), "staff:1", o.ID, p.name+" called from "+p.phone))
	must(w.T, w.ships.MarkDelivered(w.T.Context(), "staff:1", parcel.ID))
	choice := shop.RefundChoice{Goodwill: 500, Reason: "Sorry, " + p.name}
	back, left, err := w.Orders.PlanRefund(w.T.Context(), o.ID, choice)
	must(w.T, err)
	must(w.T, w.Orders.Refund(w.T.Context(), "staff:1", orders.Refunding{Order: o.ID, Choice: choice, Key: "refund-" + w.key(), Expected: back.Amount(), Left: left}))
	w.WorkUntil(func() bool {
		return w.Count("SELECT count(*) FROM refunds WHERE order_id = ? AND state = 'succeeded'", o.ID) == 2
	})
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.AddMessage(ctx, &shop.ContactMessage{Key: "m" + p.email, Name: p.name, Email: strings.ToUpper(p.email), OrderNumber: "1001", Body: "I live at " + p.line1})
		return err
	})
	w.account(p)
	return w.Again(o)
}

// account gives somebody an account with everything that one can have.
func (w *world) account(p person) {
	w.T.Helper()
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		a, err := tx.LockAccountByEmail(ctx, p.email)
		must(w.T, err)
		must(w.T, tx.SetAccountName(ctx, a.ID, p.name))
		_, err = tx.SetAccountCustomer(ctx, a.ID, "cus_"+p.phone)
		must(w.T, err)
		_, err = tx.AddAddress(ctx, &shop.AccountAddress{AccountID: a.ID, Ref: w.key(), Name: p.name, Line1: p.line1, City: "Portland", State: "OR", PostalCode: "97201", Country: "US", IsDefault: true})
		must(w.T, err)
		must(w.T, tx.AddAccountSession(ctx, &shop.AccountSession{AccountID: a.ID, Network: "192.0.2.0/24", Agent: "A browser of " + p.name}, w.key(), w.key()))
		must(w.T, tx.AddSignIn(ctx, &shop.AccountSignIn{Email: shop.SameEmail(p.email), ReturnTo: "/account", Network: "192.0.2.0/24", Agent: p.name}, w.key()))
		return tx.AddEmailChange(ctx, &shop.AccountEmailChange{AccountID: a.ID, Email: "other." + shop.SameEmail(p.email)})
	})
}

var keys atomic.Int64

func (w *world) key() string {
	return strings.Repeat("k", 8) + time.Now().Format("150405.000000")[7:] + string(rune('a'+keys.Add(1)%26))
}

// erased asks for the erasure of an address and carries it out.
func (w *world) erased(email string) shop.PrivacyRequest {
	w.T.Helper()
	r, err := w.privacy.Erase(w.T.Context(), "staff:1", email, w.key())
	must(w.T, err)
	w.carryOut()
	r, err = w.DB.PrivacyRequest(w.T.Context(), r.ID)
	must(w.T, err)
	return r
}

// carryOut does the erasures that wait, and other jobs.
func (w *world) carryOut() {
	w.T.Helper()
	for {
		claimed, err := w.DB.Jobs().Claim(w.T.Context(), 10, time.Minute)
		must(w.T, err)
		if len(claimed) == 0 {
			return
		}
		for _, job := range claimed {
			id := shop.PrivacyID(idOf(job.Payload))
			switch job.Kind {
			case shop.JobErase:
				must(w.T, w.privacy.CarryOut(w.T.Context(), id))
			case shop.JobPrivacyLink:
				must(w.T, w.privacy.SendLink(w.T.Context(), id))
			}
			_ = w.DB.Jobs().Finish(w.T.Context(), job) // erased with its mail, it is gone
		}
	}
}

func idOf(payload string) int64 {
	n := int64(0)
	for _, c := range payload {
		if '0' <= c && c <= '9' {
			n = n*10 + int64(c-'0')
		}
	}
	return n
}

// exported are the files of an export, by name.
func (w *world) exported(email string) map[string]string {
	w.T.Helper()
	var b bytes.Buffer
	must(w.T, w.privacy.Export(w.T.Context(), email, &b))
	return unzipped(w.T, b.Bytes())
}

func unzipped(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		files[f.Name] = string(text)
	}
	return files
}

// bytesOf is the whole database as somebody who has stolen it would read it:
// SQLite's file with what stands beside it, or a dump of PostgreSQL.
func (w *world) bytesOf() string {
	w.T.Helper()
	if path, is := strings.CutPrefix(w.URL, "sqlite:"); is {
		var all []byte
		for _, end := range []string{"", "-wal"} {
			b, err := os.ReadFile(path + end)
			if err != nil && !os.IsNotExist(err) {
				w.T.Fatal(err)
			}
			all = append(all, b...)
		}
		return string(all)
	}
	if _, err := exec.LookPath("pg_dump"); err != nil {
		testneed.Missing(w.T, "pg_dump")
	}
	dump := exec.CommandContext(w.T.Context(), "pg_dump", w.URL)
	var said bytes.Buffer
	dump.Stderr = &said
	out, err := dump.Output()
	if err != nil {
		w.T.Fatalf("%v: %s", err, said.String())
	}
	return string(out)
}
