package accounts

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// AddressForm names the form that adds an address in its keys.
const AddressForm = "account_address"

// AddAddress keeps an address in an account; the first is its default. The
// same form, known by its key in Ref, adds one. Errors: KindInvalid with fields
// as shop.AccountAddress.Clean has them, and beyond shop.MaxAddresses.
func (s *Service) AddAddress(ctx context.Context, in database.AccountIn, a shop.AccountAddress, asDefault bool) error {
	if _, ours := s.db.FormShown(AddressForm, a.Ref); !ours {
		return shop.Invalid("Please press Save once more: the form was out of date.")
	}
	return s.withAddresses(ctx, in, func(ctx context.Context, tx *database.Tx, there []shop.AccountAddress) error {
		a, err := clean(ctx, tx, a)
		if err != nil {
			return err
		}
		for _, other := range there {
			if other.Ref == a.Ref {
				return nil
			}
		}
		if len(there) >= shop.MaxAddresses {
			return shop.Invalid("An account keeps at most %d addresses. Delete one that you no longer need.", shop.MaxAddresses)
		}
		a.AccountID, a.IsDefault = in.Account.ID, len(there) == 0
		isNew, err := tx.AddAddress(ctx, &a)
		if err != nil || !isNew || !asDefault {
			return err
		}
		return tx.SetDefaultAddress(ctx, in.Account.ID, a.ID)
	})
}

// ChangeAddress writes an address of an account anew. Errors: KindInvalid as
// AddAddress, KindNotFound for one that is not the account's.
func (s *Service) ChangeAddress(ctx context.Context, in database.AccountIn, a shop.AccountAddress, asDefault bool) error {
	return s.withAddresses(ctx, in, func(ctx context.Context, tx *database.Tx, _ []shop.AccountAddress) error {
		a, err := clean(ctx, tx, a)
		if err != nil {
			return err
		}
		a.AccountID = in.Account.ID
		if err := tx.ChangeAddress(ctx, a); err != nil || !asDefault {
			return err
		}
		kept, err := tx.AccountAddress(ctx, in.Account.ID, a.Ref)
		if err != nil {
			return err
		}
		return tx.SetDefaultAddress(ctx, in.Account.ID, kept.ID)
	})
}

// DeleteAddress takes an address out of an account; the newest of the others
// becomes the default if it was that. One that is gone already is no error.
func (s *Service) DeleteAddress(ctx context.Context, in database.AccountIn, ref string) error {
	return s.withAddresses(ctx, in, func(ctx context.Context, tx *database.Tx, there []shop.AccountAddress) error {
		gone, err := tx.AccountAddress(ctx, in.Account.ID, ref)
		if shop.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.DeleteAddress(ctx, in.Account.ID, gone.ID); err != nil {
			return err
		}
		if len(there) < 2 || !gone.IsDefault {
			return nil
		}
		return tx.SetDefaultAddress(ctx, in.Account.ID, there[1].ID) // the default stood first
	})
}

// SetDefaultAddress makes an address of an account the one that the payment
// page begins with. KindNotFound for one that is not the account's.
func (s *Service) SetDefaultAddress(ctx context.Context, in database.AccountIn, ref string) error {
	return s.withAddresses(ctx, in, func(ctx context.Context, tx *database.Tx, _ []shop.AccountAddress) error {
		a, err := tx.AccountAddress(ctx, in.Account.ID, ref)
		if err != nil {
			return err
		}
		return tx.SetDefaultAddress(ctx, in.Account.ID, a.ID)
	})
}

// withAddresses locks an account and reads its addresses, so that changes of
// them follow each other.
func (s *Service) withAddresses(ctx context.Context, in database.AccountIn, do func(ctx context.Context, tx *database.Tx, there []shop.AccountAddress) error) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.LockAccount(ctx, in.Account.ID); err != nil {
			return err
		}
		there, err := tx.AccountAddresses(ctx, in.Account.ID)
		if err != nil {
			return err
		}
		return do(ctx, tx, there)
	})
}

func clean(ctx context.Context, tx *database.Tx, a shop.AccountAddress) (shop.AccountAddress, error) {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return a, err
	}
	return a.Clean(settings)
}
