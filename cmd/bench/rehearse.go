package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// stage is the shop's own work on a database that is listened to, without a
// server before it.
type stage struct {
	db       *database.DB
	recorder *recorder
	stub     *stub
	pay      *payment.Client
	cart     *cart.Service
	checkout *checkout.Checkout
	orders   *orders.Orders
	variant  shop.VariantID
}

func openStage(ctx context.Context, url string, s *stub) (*stage, error) {
	st := &stage{recorder: &recorder{}, stub: s}
	var err error
	st.db, err = database.Open(ctx, database.Options{URL: url, Keys: [][]byte{[]byte("of the bench")}, Through: st.recorder.through})
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.DiscardHandler)
	st.pay = payment.New(payment.Options{
		APIURL: s.url, Key: stubKey, WebhookSecrets: []string{stubSecret}, CheckoutHosts: []string{strings.TrimPrefix(s.url, "http://")}, Log: quiet,
	})
	st.orders, st.cart = orders.New(st.db, st.pay, quiet), cart.New(st.db)
	st.checkout = checkout.New(st.db, st.pay, st.orders, checkout.Options{BaseURL: "http://127.0.0.1", Environment: "bench", Tax: true, Log: quiet})
	product, err := st.db.ProductByHandle(ctx, handle(0))
	if err != nil {
		return nil, errors.Join(err, st.db.Close())
	}
	st.variant = product.Variants[0].ID
	return st, nil
}

// buy is one purchase as the doors and the worker drive it: bag, checkout,
// webhook, its job, and the job of the mail, which goes nowhere.
func (st *stage) buy(ctx context.Context) error {
	added, err := st.cart.Add(ctx, "", []cart.Item{{Variant: st.variant, Quantity: 1}})
	if err != nil {
		return err
	}
	id, err := st.db.CartIDByToken(ctx, added.Token)
	if err != nil {
		return err
	}
	placed, err := st.checkout.Place(ctx, id)
	if err != nil {
		return err
	}
	body, signature := st.stub.pay(placed.RedirectURL[strings.LastIndex(placed.RedirectURL, "/")+1:])
	now, err := st.db.Now(ctx)
	if err != nil {
		return err
	}
	event, err := st.pay.Event(body, signature, now.Time)
	if err != nil {
		return err
	}
	if _, err := st.db.Jobs().Inbox(ctx, event); err != nil {
		return err
	}
	for _, kind := range []string{shop.JobStripeEvent, shop.JobMail} {
		if err := st.job(ctx, kind); err != nil {
			return err
		}
	}
	return nil
}

func (st *stage) job(ctx context.Context, kind string) error {
	claimed, err := st.db.Jobs().Claim(ctx, 1, time.Minute)
	if err != nil {
		return err
	}
	if len(claimed) != 1 || claimed[0].Kind != kind {
		return fmt.Errorf("the job that waits is %+v, not one of kind %s", claimed, kind)
	}
	if kind == shop.JobStripeEvent {
		err = st.orders.Event(ctx, claimed[0].Key)
	} else {
		err = st.handed(ctx, claimed[0].Key)
	}
	if err != nil {
		return err
	}
	return st.db.Jobs().Finish(ctx, claimed[0])
}

// handed notes that a mail was handed over.
func (st *stage) handed(ctx context.Context, key string) error {
	var id shop.MailID
	if _, err := fmt.Sscanf(key, "order-confirmation:%d", &id); err != nil {
		return err
	}
	return st.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error { return tx.MailHanded(ctx, id) })
}

// setApart sets the ids of all tables far apart, so that in what is written
// down an id is known by its value.
func (st *stage) setApart(ctx context.Context) error {
	raw := sql.OpenDB(st.recorder.connectors[0])
	defer raw.Close()
	statement := "UPDATE sqlite_sequence SET seq = max(seq, rowid * 100000000)"
	if st.db.Kind() == database.Postgres {
		statement = `SELECT setval(oid::regclass, 100000000 * row_number() OVER (ORDER BY oid)) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`
	}
	_, err := raw.ExecContext(ctx, statement)
	return err
}

// rehearse buys a few times and returns the statements of two purchases.
func (st *stage) rehearse(ctx context.Context) (a, b []call, err error) {
	if err := st.drain(ctx); err != nil {
		return nil, nil, err
	}
	if err := errors.Join(st.buy(ctx), st.setApart(ctx)); err != nil {
		return nil, nil, err
	}
	for range 3 { // the first one prepares what readers ask
		st.recorder.take()
		if err := st.buy(ctx); err != nil {
			return nil, nil, err
		}
		a, b = b, st.recorder.take()
	}
	return a, b, nil
}

// drain takes what waits from other purchases out of the queue.
func (st *stage) drain(ctx context.Context) error {
	raw := sql.OpenDB(st.recorder.connectors[0])
	defer raw.Close()
	_, err := raw.ExecContext(ctx, "DELETE FROM jobs WHERE state = 'ready'")
	return err
}
