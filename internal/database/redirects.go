package database

import (
	"context"

	"longrun/internal/shop"
)

// RedirectFor is where a path leads since it is used no more, or KindNotFound.
func (r Reader) RedirectFor(ctx context.Context, path string) (shop.Redirect, error) {
	var found shop.Redirect
	err := r.take(ctx, &found, "This address leads nowhere.", "SELECT * FROM redirects WHERE path = ?", path)
	return found, err
}

// AddRedirect leads a path of the shop to another one for good. What led to
// the old path leads to the new one at once, and the new one, being used,
// leads nowhere else.
func (tx *Tx) AddRedirect(ctx context.Context, from, to string) error {
	if from == to {
		return nil
	}
	if _, err := tx.exec(ctx, "DELETE FROM redirects WHERE path IN (?, ?)", from, to); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "UPDATE redirects SET target = ? WHERE target = ?", to, from); err != nil {
		return err
	}
	return tx.insert(ctx, &shop.Redirect{Path: from, Target: to, CreatedAt: tx.now})
}
