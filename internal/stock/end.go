package stock

import (
	"context"
	"fmt"
	"strconv"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Sell takes what a cause holds out of the shop, once: what was sold or let
// go before is not touched.
func Sell(ctx context.Context, tx *database.Tx, cause Cause) error {
	return end(ctx, tx, cause, shop.HoldSold)
}

// Release lets go of what a cause holds, once.
func Release(ctx context.Context, tx *database.Tx, cause Cause) error {
	return end(ctx, tx, cause, shop.HoldReleased)
}

func end(ctx context.Context, tx *database.Tx, cause Cause, state shop.HoldState) error {
	holds, err := tx.HoldsOf(ctx, cause.Kind, cause.ID, shop.HoldHeld)
	if err != nil {
		return fmt.Errorf("reading holds: %w", err)
	}
	var variants []shop.VariantID
	for _, h := range holds {
		ended, err := tx.EndHold(ctx, h.ID, state)
		if err != nil {
			return fmt.Errorf("ending a hold: %w", err)
		}
		if !ended {
			continue
		}
		if err := count(ctx, tx, cause, h, state); err != nil {
			return fmt.Errorf("counting %d pieces of variant %d as %s: %w", h.Quantity, h.VariantID, state, err)
		}
		variants = append(variants, h.VariantID)
	}
	return tx.StockChanged(ctx, variants)
}

// count changes the counts as the end of a hold wants it.
func count(ctx context.Context, tx *database.Tx, cause Cause, h shop.StockHold, state shop.HoldState) error {
	if state == shop.HoldReleased {
		return found(tx.FreeStock(ctx, h.VariantID, h.Quantity))
	}
	if err := move(ctx, tx, cause, h.VariantID, -h.Quantity); err != nil {
		return err
	}
	return found(tx.SellStock(ctx, h.VariantID, h.Quantity))
}

// found is the error of a count that should have been there.
func found(ok bool, err error) error {
	if err == nil && !ok {
		return shop.Errorf(shop.KindInternal, "The stock does not add up.")
	}
	return err
}

// move writes the movement that sells pieces for a cause, which can happen
// once.
func move(ctx context.Context, tx *database.Tx, cause Cause, variant shop.VariantID, delta int64) error {
	isNew, err := tx.InsertMovement(ctx, shop.StockMovement{
		VariantID: variant, Place: shop.PlaceShop, Delta: delta,
		CauseKind: cause.Kind, CauseID: strconv.FormatInt(cause.ID, 10), Step: "sold", Who: shop.ByJob,
	})
	if err == nil && !isNew {
		err = shop.ErrExists
	}
	return err
}

// Retake sells what is wanted out of what nobody holds, all or nothing, for a
// cause whose holds are gone; it says whether it could.
func Retake(ctx context.Context, tx *database.Tx, cause Cause, wants []Want) (bool, error) {
	levels, err := tx.LockStock(ctx, ids(wants))
	if err != nil {
		return false, fmt.Errorf("locking stock: %w", err)
	}
	for _, w := range wants {
		level, counted := levels[w.Variant]
		if !counted || !w.Beyond && level.Free() < w.Quantity {
			return false, nil
		}
	}
	for _, w := range wants {
		if err := move(ctx, tx, cause, w.Variant, -w.Quantity); err != nil {
			return false, fmt.Errorf("naming a movement: %w", err)
		}
		if err := found(tx.TakeStock(ctx, w.Variant, w.Quantity, w.Beyond)); err != nil {
			return false, fmt.Errorf("taking stock again: %w", err)
		}
	}
	return true, tx.StockChanged(ctx, ids(wants))
}
