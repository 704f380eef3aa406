package checkout

import (
	"context"
	"errors"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// buyer is whose bag it is, as far as Stripe knows.
type buyer struct {
	asked    bool   // it is known whether there is a customer
	customer string // Stripe's, "" for a guest
}

// errWhose ends a transaction that would place an order of an account before
// Stripe has been told of it.
var errWhose = errors.New("whose bag it is has to be asked first")

// knowsBuyer is errWhose for something to pay of an account that forBuyer has
// not been asked about.
func (c *Checkout) knowsBuyer(ctx context.Context, tx *database.Tx, b bag) error {
	if c.buyer.asked || b.quote.Total == 0 {
		return nil
	}
	_, err := tx.AccountOfCart(ctx, b.cart.ID)
	switch {
	case err == nil:
		return errWhose
	case shop.IsNotFound(err):
		return nil
	}
	return err
}

// forBuyer is the same checkout for the account of a bag, if it has one. The
// account becomes a customer at Stripe with its first payment, and what it
// keeps is written there before each. Where Stripe refuses that, nobody is
// kept from buying: the page then asks everything, as it asks guests.
func (c *Checkout) forBuyer(ctx context.Context, cart shop.CartID) (*Checkout, error) {
	known := *c
	known.buyer.asked = true
	account, err := c.db.AccountOfCart(ctx, cart)
	if shop.IsNotFound(err) {
		return &known, nil
	}
	if err != nil {
		return c, err
	}
	known.buyer.customer, err = c.customer(ctx, account)
	if refused := payment.Refused(err); refused != nil || shop.IsNotFound(err) {
		c.log.Warn("an account is no customer at stripe", "account", int64(account.ID), "err", err)
		return &known, nil
	}
	return &known, err
}

// customer is Stripe's customer of an account, made if there is none, with
// what the account keeps.
func (c *Checkout) customer(ctx context.Context, account shop.Account) (string, error) {
	id, err := c.customerID(ctx, account)
	if err != nil {
		return "", err
	}
	to := payment.Customer{Email: account.Email, Name: account.Name}
	if to.ShipTo, err = c.shipTo(ctx, account.ID); err != nil {
		return "", err
	}
	if to.Name == "" && to.ShipTo != nil {
		to.Name = to.ShipTo.Name
	}
	err = c.pay.UpdateCustomer(ctx, id, to)
	if shop.IsNotFound(err) { // deleted in Stripe's own pages: the next checkout makes another
		forget := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			return tx.ForgetAccountCustomer(ctx, account.ID, id)
		})
		if forget != nil {
			return "", forget
		}
	}
	if err != nil {
		return "", err
	}
	return id, nil
}

// customerID is Stripe's name for an account. It is asked for under the key
// that the account has had from the beginning, so that there is one.
func (c *Checkout) customerID(ctx context.Context, account shop.Account) (string, error) {
	if account.CustomerID != nil {
		return *account.CustomerID, nil
	}
	id, err := c.pay.CreateCustomer(ctx, account.CustomerKey, c.o.Environment)
	if err != nil {
		return "", err
	}
	err = c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		noted, err := tx.SetAccountCustomer(ctx, account.ID, id)
		if err != nil || noted {
			return err
		}
		account, err = tx.AccountByID(ctx, account.ID)
		return err
	})
	if err == nil && account.CustomerID != nil {
		id = *account.CustomerID
	}
	return id, err
}

// shipTo is the account's first address if the shop still ships there.
func (c *Checkout) shipTo(ctx context.Context, id shop.AccountID) (*shop.AccountAddress, error) {
	list, err := c.db.AccountAddresses(ctx, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	settings, err := c.db.Settings(ctx)
	if err != nil || !list[0].ShipsTo(settings) {
		return nil, err
	}
	return &list[0], nil
}
