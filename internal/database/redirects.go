package database

import "context"

// RedirectFor is where a path of the shop leads that is not used any more, ""
// when it leads nowhere.
func (r Reader) RedirectFor(ctx context.Context, path string) (string, error) {
	var target string
	err := r.raw(ctx, &target, "SELECT target FROM redirects WHERE path = ?", path)
	return target, err
}

// AddRedirect makes an address that was used until now lead to another. What
// led to the old one leads to the new one at once, so that nobody is sent
// twice, and the new one itself leads nowhere.
func (tx *Tx) AddRedirect(ctx context.Context, from, to string) error {
	if err := tx.DropRedirects(ctx, to); err != nil || from == to {
		return err
	}
	if _, err := tx.exec(ctx, "UPDATE redirects SET target = ? WHERE target = ?", to, from); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO redirects (path, target, created_at) VALUES (?, ?, ?)
		ON CONFLICT (path) DO UPDATE SET target = excluded.target, created_at = excluded.created_at`, from, to, tx.now)
	return err
}

// DropRedirects lets addresses lead nowhere, since they are in use again.
func (tx *Tx) DropRedirects(ctx context.Context, paths ...string) error {
	if len(paths) == 0 {
		return nil
	}
	_, err := tx.exec(ctx, "DELETE FROM redirects WHERE path IN ?", paths)
	return err
}

// DropRedirectsTo lets everything that led to an address lead nowhere, since
// the address is gone.
func (tx *Tx) DropRedirectsTo(ctx context.Context, target string) error {
	_, err := tx.exec(ctx, "DELETE FROM redirects WHERE target = ?", target)
	return err
}
