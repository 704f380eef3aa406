package database

import (
	"context"

	"longrun/internal/shop"
)

// AddWait takes down that an address would like to hear of a variant, unless
// it is down already, and says whether that is new.
func (tx *Tx) AddWait(ctx context.Context, w *shop.StockWait) (bool, error) {
	w.State, w.AskedAt = shop.WaitAsked, tx.now
	return tx.insertOnce(ctx, w)
}

// NextWaitRound counts one more mail about a wait that is still open and gives
// its number.
func (tx *Tx) NextWaitRound(ctx context.Context, id shop.WaitID) (int64, error) {
	var n int64
	err := tx.take(ctx, &n, "Nobody waits here any more.",
		"UPDATE stock_waits SET round = round + 1 WHERE id = ? AND state IN ('asked', 'waiting') RETURNING round", id)
	return n, err
}

// JoinWait puts who has said yes into the line and says whether that was a
// change.
func (tx *Tx) JoinWait(ctx context.Context, id shop.WaitID) (bool, error) {
	return one(tx.exec(ctx, "UPDATE stock_waits SET state = 'waiting', joined_at = ? WHERE id = ? AND state = 'asked'", tx.now, id))
}

// TellWait ends a wait because the mail that tells of it goes into the outbox,
// or because its size was bought, and gives the number of that mail. found is
// false for one that waits no more.
func (tx *Tx) TellWait(ctx context.Context, id shop.WaitID, state shop.WaitState) (round int64, found bool, err error) {
	var rounds []int64
	err = tx.raw(ctx, &rounds, `UPDATE stock_waits SET state = ?, round = round + 1, ended_at = ?
		WHERE id = ? AND state = 'waiting' RETURNING round`, state, tx.now, id)
	if err != nil || len(rounds) == 0 {
		return 0, false, err
	}
	return rounds[0], true, nil
}

// WaitAgain puts somebody back to the old place in the line whose mail did not
// leave because there was nothing to tell of any more. Who has asked anew
// meanwhile stays with that.
func (tx *Tx) WaitAgain(ctx context.Context, id shop.WaitID) error {
	_, err := tx.exec(ctx, `UPDATE stock_waits SET state = 'waiting', joined_at = ?, ended_at = NULL
		WHERE id = ? AND state = 'told' AND NOT EXISTS (SELECT 1 FROM stock_waits o
			WHERE o.variant_id = stock_waits.variant_id AND o.address = stock_waits.address AND o.state IN ('asked', 'waiting'))`, tx.now, id)
	return err
}

// LeaveWait takes one wait off, and its address out of the row; false for one
// that is over.
func (tx *Tx) LeaveWait(ctx context.Context, id shop.WaitID) (bool, error) {
	return one(tx.exec(ctx, `UPDATE stock_waits SET state = 'left', email = '', address = '', ended_at = ?
		WHERE id = ? AND state IN ('asked', 'waiting')`, tx.now, id))
}

// LeaveWaits takes an address off every list.
func (tx *Tx) LeaveWaits(ctx context.Context, address string) error {
	_, err := tx.exec(ctx, `UPDATE stock_waits SET state = 'left', email = '', address = '', ended_at = ?
		WHERE address = ? AND state IN ('asked', 'waiting')`, tx.now, address)
	return err
}

// RefuseWaits notes on one wait that the owner of its address wants to hear
// nothing, and takes the address off every other list.
func (tx *Tx) RefuseWaits(ctx context.Context, id shop.WaitID, address string) error {
	_, err := tx.exec(ctx, `UPDATE stock_waits SET state = 'unwanted', email = '', ended_at = ?
		WHERE id = ? AND state IN ('asked', 'waiting')`, tx.now, id)
	if err != nil {
		return err
	}
	return tx.LeaveWaits(ctx, address)
}
