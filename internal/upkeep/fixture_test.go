package upkeep_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/orders"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// each runs a test on both databases, each with the sample shop in it and a
// connection of its own that can break what it likes.
func each(t *testing.T, test func(t *testing.T, db *database.DB, raw *sql.DB)) {
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			db, raw := sampled(t, kind)
			test(t, db, raw)
		})
	}
}

// sampled is a database of one kind with the sample in it, and a connection
// to break it by.
func sampled(t *testing.T, kind database.Kind) (*database.DB, *sql.DB) {
	t.Helper()
	url := databasetest.URL(t, kind)
	db := databasetest.OpenURL(t, url)
	sample(t, db)
	return db, rawConnection(t, kind, url)
}

func rawConnection(t *testing.T, kind database.Kind, url string) *sql.DB {
	t.Helper()
	driver, address := "pgx", url
	if kind == database.SQLite {
		driver, address = "sqlite", "file:"+strings.TrimPrefix(url, "sqlite:")+"?_pragma=busy_timeout(5000)"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = raw.Close() })
	return raw
}

// sample fills a shop with one order of each fate: 1 paid, 2 waiting, 3
// cancelled and its late money on the way back, 4 free of charge.
func sample(t *testing.T, db *database.DB) {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		s := &sampler{t: t, ctx: ctx, tx: tx}
		s.products()
		s.paid(s.place(1, 500))
		s.open(s.place(2, 0))
		s.late(s.place(3, 0))
		s.free(s.place(4, 0))
		tx.Audit(shop.AuditEntry{Who: shop.ByCommand, Action: "sample", ThingKind: "shop", ThingID: "1", Details: "{}"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.MailHanded(ctx, 1) })
	finishMailJobs(t, db)
}

func transact(t *testing.T, db *database.DB, fn func(ctx context.Context, tx *database.Tx) error) {
	t.Helper()
	if err := db.Transact(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// finishMailJobs ends the job of the mail that went.
func finishMailJobs(t *testing.T, db *database.DB) {
	t.Helper()
	claimed, err := db.Jobs().Claim(t.Context(), 10, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, job := range claimed {
		if job.Kind == shop.JobMail && strings.HasPrefix(job.Key, "order-confirmation:1") {
			if err := db.Jobs().Finish(t.Context(), job); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type sampler struct {
	t        *testing.T
	ctx      context.Context
	tx       *database.Tx
	variants []shop.Variant
}

func (s *sampler) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *sampler) products() {
	variant := func(size string, tracked bool, policy shop.StockPolicy) shop.Variant {
		return shop.Variant{Option1: size, Price: 6001, Tracked: tracked, Policy: policy, RequiresShipping: true, Stock: shop.StockLevel{OnHand: 10}}
	}
	products := []shop.Product{{
		Handle: "tern-racer", Title: "Tern Racer", Status: shop.ProductActive, Published: true,
		Options:  []shop.ProductOption{{Position: 1, Name: "Size"}},
		Variants: []shop.Variant{variant("9", true, shop.PolicyDeny), variant("10", true, shop.PolicyContinue), variant("11", false, shop.PolicyDeny)},
	}}
	s.must(s.tx.InsertProducts(s.ctx, products, shop.StockMovement{CauseKind: "import", CauseID: "1", Step: "open", Who: shop.ByCommand}))
	s.variants = products[0].Variants
}

// place places an order of two pairs of the first size and one of each other.
func (s *sampler) place(cart shop.CartID, discount shop.Cents) orders.Placed {
	line := func(position, variant, quantity int, discount shop.Cents) shop.OrderLine {
		v := s.variants[variant]
		return shop.OrderLine{
			Position: position, ProductID: v.ProductID, VariantID: v.ID, Title: "Tern Racer", VariantTitle: v.Option1, Price: v.Price,
			Quantity: quantity, Amount: v.Price * shop.Cents(quantity), Discount: discount, Ships: true, Tracked: v.Tracked,
		}
	}
	order := shop.Order{
		CartID: cart, CartDigest: "d", Currency: "usd", SettingsVersion: 1, ZoneCode: "us",
		Subtotal: 4 * 6001, Discount: discount, Shipping: 800, Total: 4*6001 - discount + 800,
		Lines: []shop.OrderLine{line(1, 0, 2, discount), line(2, 1, 1, 0), line(3, 2, 1, 0)},
	}
	request := func(*shop.Order, string) shop.SessionRequest { return shop.SessionRequest{} }
	if cart == 4 {
		order.Shipping, order.FreeShips, order.Total, order.Discount, request = 0, true, 0, 4*6001, nil
		for i := range order.Lines {
			order.Lines[i].Discount = order.Lines[i].Amount
		}
	}
	wants := stock.Wants(order.Lines, map[shop.VariantID]bool{s.variants[1].ID: true})
	placed, err := orders.Place(s.ctx, s.tx, orders.Draft{Order: order, Wants: wants, Request: request})
	s.must(err)
	return placed
}

func (s *sampler) session(p orders.Placed) shop.Session {
	return shop.Session{ID: fmt.Sprintf("cs_test_%d", p.Order.ID), PaymentIntent: fmt.Sprintf("pi_%d", p.Order.ID)}
}

func (s *sampler) open(p orders.Placed) {
	s.must(s.tx.RecordSession(s.ctx, &p.Attempt, s.session(p)))
	s.must(s.tx.MoveAttempt(s.ctx, &p.Attempt, shop.AttemptOpen, "session opened", shop.ByStripe))
}

// paid does what settling does for 1,000 cents of tax, 100 of them on the
// shipping.
func (s *sampler) paid(p orders.Placed) {
	order, err := s.tx.OrderByID(s.ctx, p.Order.ID)
	s.must(err)
	s.must(s.tx.RecordSession(s.ctx, &p.Attempt, s.session(p)))
	s.must(s.tx.MoveAttempt(s.ctx, &p.Attempt, shop.AttemptPaid, "paid", shop.ByStripe))
	s.must(stock.Sell(s.ctx, s.tx, stock.ForOrder(order.ID)))
	s.must(s.tx.MoveOrder(s.ctx, &order, shop.OrderPaid, "paid", shop.ByStripe))
	number, err := s.tx.NextNumber(s.ctx, "order_number")
	s.must(err)
	tax, shippingTax := shop.Cents(1000), shop.Cents(100)
	order.Tax, order.ShippingTax = &tax, &shippingTax
	s.must(s.tx.RecordPayment(s.ctx, &order, number))
	s.must(s.tx.SetUnitTax(s.ctx, shop.SpreadTax(&order, map[int]shop.Cents{1: 450, 2: 225, 3: 225})))
	s.must(s.tx.InsertTender(s.ctx, shop.OrderTender{OrderID: order.ID, Kind: shop.TenderStripe, Amount: order.Total + 1000}))
	s.must(s.tx.KeepContact(s.ctx, shop.OrderContact{OrderID: order.ID, Email: "ada@runner.example"}))
	s.must(s.tx.NoteOrder(s.ctx, &order, "a remark", shop.ByCommand))
	s.must(s.tx.EnqueueMail(s.ctx, shop.Mail{
		Kind: shop.MailOrderConfirmation, Key: fmt.Sprintf("order-confirmation:%d", order.ID), Recipient: "ada@runner.example", ThingID: int64(order.ID),
	}))
}

// late is money that came when the order's stock was gone.
func (s *sampler) late(p orders.Placed) {
	order := p.Order
	s.must(s.tx.RecordSession(s.ctx, &p.Attempt, s.session(p)))
	s.must(s.tx.MoveAttempt(s.ctx, &p.Attempt, shop.AttemptExpired, "the session ran out", shop.ByStripe))
	s.must(s.tx.MoveOrder(s.ctx, &order, shop.OrderCancelled, "the session ran out", shop.ByStripe))
	s.must(s.tx.CloseOrder(s.ctx, &order))
	s.must(stock.Release(s.ctx, s.tx, stock.ForOrder(order.ID)))
	s.must(s.tx.MoveAttempt(s.ctx, &p.Attempt, shop.AttemptLate, "late", shop.ByStripe))
	refund := shop.Refund{OrderID: order.ID, AttemptID: p.Attempt.ID, Amount: order.Total + 900, Cause: shop.RefundLate, IdempotencyKey: "re-1"}
	_, err := s.tx.InsertRefund(s.ctx, &refund)
	s.must(err)
	s.must(s.tx.MoveRefund(s.ctx, &refund, shop.RefundSucceeded, "re_1", ""))
	s.must(s.tx.EnqueueMail(s.ctx, shop.Mail{Kind: shop.MailLateRefund, Key: "late-refund:1", Recipient: "bob@runner.example", ThingID: int64(refund.ID)}))
}

func (s *sampler) free(p orders.Placed) {
	s.must(orders.PayFree(s.ctx, s.tx, nil, &p.Order))
}
