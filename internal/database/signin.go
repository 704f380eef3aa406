package database

import (
	"context"

	"longrun/internal/shop"
)

// LockSignInCounts reads the counts of subjects in the order given, making
// those that are not there, and locks them. Give the subjects sorted.
func (tx *Tx) LockSignInCounts(ctx context.Context, subjects []string) ([]shop.SignInCount, error) {
	counts := make([]shop.SignInCount, len(subjects))
	for i, subject := range subjects {
		if _, err := tx.exec(ctx, `INSERT INTO sign_in_counts (subject, failures, last_at) VALUES (?, 0, ?)
			ON CONFLICT (subject) DO NOTHING`, subject, tx.now); err != nil {
			return nil, err
		}
		if err := tx.take(ctx, &counts[i], "A count is not there.",
			"SELECT * FROM sign_in_counts WHERE subject = ?"+tx.lock(), subject); err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// SetSignInCount writes a count that is locked.
func (tx *Tx) SetSignInCount(ctx context.Context, c shop.SignInCount) error {
	return tx.one(ctx, "UPDATE sign_in_counts SET failures = ?, last_at = ? WHERE subject = ?", c.Failures, c.LastAt, c.Subject)
}

// MarkSignIn remembers a subject as of now, without failures.
func (tx *Tx) MarkSignIn(ctx context.Context, subject string) error {
	_, err := tx.exec(ctx, `INSERT INTO sign_in_counts (subject, failures, last_at) VALUES (?, 0, ?)
		ON CONFLICT (subject) DO UPDATE SET failures = 0, last_at = excluded.last_at`, subject, tx.now)
	return err
}

// SignInMarked says whether a subject was remembered after an instant.
func (r Reader) SignInMarked(ctx context.Context, subject string, after shop.Instant) (bool, error) {
	var n int64
	err := r.raw(ctx, &n, "SELECT count(*) FROM sign_in_counts WHERE subject = ? AND last_at > ?", subject, after)
	return n > 0, err
}
