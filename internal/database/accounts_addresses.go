package database

import (
	"context"

	"longrun/internal/shop"
)

const noAddress = "There is no such address in your account."

// AccountAddresses are the addresses of an account, the default first.
func (r Reader) AccountAddresses(ctx context.Context, id shop.AccountID) ([]shop.AccountAddress, error) {
	var list []shop.AccountAddress
	err := r.raw(ctx, &list, "SELECT * FROM account_addresses WHERE account_id = ? ORDER BY is_default DESC, id DESC LIMIT ?", id, shop.MaxAddresses)
	return list, err
}

// AccountAddress is one address of an account by its Ref. That of another
// account is unknown.
func (r Reader) AccountAddress(ctx context.Context, account shop.AccountID, ref string) (shop.AccountAddress, error) {
	var a shop.AccountAddress
	err := r.take(ctx, &a, noAddress, "SELECT * FROM account_addresses WHERE ref = ? AND account_id = ?", ref, account)
	return a, err
}

// AddAddress writes an address of a locked account unless its form has added
// it already, and says whether it is new.
func (tx *Tx) AddAddress(ctx context.Context, a *shop.AccountAddress) (bool, error) {
	a.CreatedAt = tx.now
	return tx.insertOnce(ctx, a)
}

// ChangeAddress writes an address of an account, but for whether it is the
// default. KindNotFound if the account has none such.
func (tx *Tx) ChangeAddress(ctx context.Context, a shop.AccountAddress) error {
	changed, err := one(tx.exec(ctx, `UPDATE account_addresses SET name = ?, line1 = ?, line2 = ?, city = ?, state = ?, postal_code = ?, country = ?
		WHERE ref = ? AND account_id = ?`, a.Name, a.Line1, a.Line2, a.City, a.State, a.PostalCode, a.Country, a.Ref, a.AccountID))
	if err == nil && !changed {
		return shop.NotFound(noAddress)
	}
	return err
}

// DeleteAddress takes an address of a locked account away. One that is not
// there is no error.
func (tx *Tx) DeleteAddress(ctx context.Context, account shop.AccountID, id shop.AccountAddressID) error {
	_, err := tx.exec(ctx, "DELETE FROM account_addresses WHERE id = ? AND account_id = ?", id, account)
	return err
}

// SetDefaultAddress makes an address of a locked account the one that the
// payment page begins with. KindNotFound if the account has none such.
func (tx *Tx) SetDefaultAddress(ctx context.Context, account shop.AccountID, id shop.AccountAddressID) error {
	if _, err := tx.exec(ctx, "UPDATE account_addresses SET is_default = ? WHERE account_id = ? AND is_default AND id <> ?", false, account, id); err != nil {
		return err
	}
	changed, err := one(tx.exec(ctx, "UPDATE account_addresses SET is_default = ? WHERE id = ? AND account_id = ?", true, id, account))
	if err == nil && !changed {
		return shop.NotFound(noAddress)
	}
	return err
}
