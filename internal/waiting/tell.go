package waiting

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// looked is how many sizes are looked for at once.
const looked = 100

// Tell puts the mails that a size is back into the outbox, for every size that
// can be bought and that people wait for. The clock calls it every minute, on
// every instance: each person's state changes together with the mail, so that
// nobody is told twice, and one size is told of by one caller at a time. A size
// that fails does not stop the others.
func (s *Service) Tell(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for last := shop.VariantID(0); ctx.Err() == nil; {
		due, err := s.db.WaitsDue(ctx, now, now.Add(-shop.WaitPause), last, looked)
		if err != nil {
			return errors.Join(append(errs, fmt.Errorf("looking for sizes that are back: %w", err))...)
		}
		for _, id := range due {
			last = id
			for n := shop.WaitBatch; n == shop.WaitBatch && ctx.Err() == nil; {
				if n, err = s.tellOf(ctx, id); err != nil {
					errs = append(errs, fmt.Errorf("telling of variant %d: %w", id, err))
				}
			}
		}
		if len(due) < looked {
			break
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

// tellOf tells the first in line for a size, at most shop.WaitBatch of them,
// and says how many. Others that would do the same wait at its count, and find
// what was told when they come to look.
func (s *Service) tellOf(ctx context.Context, id shop.VariantID) (n int, err error) {
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		n = 0
		levels, err := tx.LockStock(ctx, []shop.VariantID{id})
		if err != nil {
			return err
		}
		found, err := tx.VariantsByIDs(ctx, []shop.VariantID{id})
		if err != nil {
			return err
		}
		p, ok := found[id]
		if !ok || !p.OnSale(tx.Now()) {
			return nil
		}
		told, err := tx.ToldLately(ctx, id, tx.Now().Add(-shop.WaitPause))
		if err != nil {
			return err
		}
		v := &p.Variants[0]
		counted := v.Tracked && v.Policy != shop.PolicyContinue
		n, err = tellFirst(ctx, tx, id, shop.TellWaiting(levels[id].Free(), counted, told))
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// tellFirst tells the first most in line who have not bought the size
// meanwhile, and says how many.
func tellFirst(ctx context.Context, tx *database.Tx, id shop.VariantID, most int) (n int, err error) {
	for last := shop.WaitID(0); n < most; {
		line, err := tx.NextWaiting(ctx, id, last, most-n)
		if err != nil || len(line) == 0 {
			return n, err
		}
		for _, w := range line {
			last = w.ID
			told, err := tell(ctx, tx, w)
			if err != nil {
				return n, err
			}
			if told {
				n++
			}
		}
	}
	return n, nil
}

// tell ends a wait with its mail, or without one where the size was bought.
func tell(ctx context.Context, tx *database.Tx, w shop.StockWait) (bool, error) {
	bought, err := tx.BoughtSince(ctx, w.ID)
	if err != nil {
		return false, err
	}
	state := shop.WaitTold
	if bought {
		state = shop.WaitBought
	}
	round, found, err := tx.TellWait(ctx, w.ID, state)
	if err != nil || !found || bought {
		return false, err
	}
	return true, tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailBackInStock, Key: fmt.Sprintf("back-in-stock:%d:%d", w.ID, round), Recipient: w.Email, ThingID: int64(w.ID),
	})
}
