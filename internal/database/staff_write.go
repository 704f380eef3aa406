package database

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/shop"
)

// AddStaff writes a new person and fills the id. An address that is taken
// gives shop.ErrExists.
func (tx *Tx) AddStaff(ctx context.Context, s *shop.Staff) error {
	s.CreatedAt = tx.now
	if s.SealedSecret == nil {
		s.SealedSecret = []byte{}
	}
	err := tx.query(ctx).Table("staff").Create(s).Error
	if isDuplicate(err) {
		return fmt.Errorf("%w: %w", shop.ErrExists, err)
	}
	return err
}

// LockStaff reads one person and locks the row.
func (tx *Tx) LockStaff(ctx context.Context, id shop.StaffID) (shop.Staff, error) {
	var s shop.Staff
	err := tx.take(ctx, &s, noStaff, "SELECT * FROM staff WHERE id = ?"+tx.lock(), id)
	return s, err
}

// LockOwners locks all active owners in the order of their ids and gives
// these. Whoever may take an owner away calls it first, so that two of them
// cannot take away each other.
func (tx *Tx) LockOwners(ctx context.Context) ([]shop.StaffID, error) {
	var rows []shop.Staff
	err := tx.raw(ctx, &rows, "SELECT * FROM staff WHERE role = 'owner' AND state = 'active' ORDER BY id"+tx.lock())
	ids := make([]shop.StaffID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	return ids, err
}

// SetStaffState changes whether somebody may come in.
func (tx *Tx) SetStaffState(ctx context.Context, id shop.StaffID, state shop.StaffState) error {
	return tx.one(ctx, "UPDATE staff SET state = ? WHERE id = ?", state, id)
}

// SetStaffRole changes what somebody is.
func (tx *Tx) SetStaffRole(ctx context.Context, id shop.StaffID, role shop.StaffRole) error {
	return tx.one(ctx, "UPDATE staff SET role = ? WHERE id = ?", role, id)
}

// SetStaffPassword changes somebody's password.
func (tx *Tx) SetStaffPassword(ctx context.Context, id shop.StaffID, hash string) error {
	return tx.one(ctx, "UPDATE staff SET password_hash = ? WHERE id = ?", hash, id)
}

// SetStaffSecret seals the secret of somebody's second step; an empty one
// takes the second step away. The recovery codes of the old one go.
func (tx *Tx) SetStaffSecret(ctx context.Context, id shop.StaffID, secret []byte) error {
	sealed := []byte{}
	if len(secret) > 0 {
		sealed = tx.keys.seal("staff_totp", int64(id), secret)
	}
	if err := tx.one(ctx, "UPDATE staff SET sealed_secret = ? WHERE id = ?", sealed, id); err != nil {
		return err
	}
	return tx.SetRecoveryCodes(ctx, id, nil)
}

// UseStep notes that the code of a 30-second step was used, and says whether
// neither it nor a later one had been.
func (tx *Tx) UseStep(ctx context.Context, id shop.StaffID, step int64) (bool, error) {
	n, err := tx.exec(ctx, "UPDATE staff SET last_step = ? WHERE id = ? AND last_step < ?", step, id, step)
	return n == 1, err
}

// SetRecoveryCodes replaces all of somebody's recovery codes.
func (tx *Tx) SetRecoveryCodes(ctx context.Context, id shop.StaffID, digests [][]byte) error {
	if _, err := tx.exec(ctx, "DELETE FROM staff_recovery_codes WHERE staff_id = ?", id); err != nil || len(digests) == 0 {
		return err
	}
	rows := make([]shop.StaffRecoveryCode, len(digests))
	for i, d := range digests {
		rows[i] = shop.StaffRecoveryCode{StaffID: id, Digest: d}
	}
	return tx.insert(ctx, &rows)
}

// UseRecoveryCode uses one of somebody's recovery codes and says whether there
// was such a one unused.
func (tx *Tx) UseRecoveryCode(ctx context.Context, id shop.StaffID, digest []byte) (bool, error) {
	n, err := tx.exec(ctx, "UPDATE staff_recovery_codes SET used_at = ? WHERE staff_id = ? AND digest = ? AND used_at IS NULL",
		tx.now, id, digest)
	return n == 1, err
}

// UseLink marks a link as used and says whether it was unused and in time.
func (tx *Tx) UseLink(ctx context.Context, id shop.LinkID) (bool, error) {
	n, err := tx.exec(ctx, "UPDATE links SET used_at = ? WHERE id = ? AND used_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
		tx.now, id, tx.now)
	return n == 1, err
}

// EndLinks makes all unused links of a purpose to a thing useless.
func (tx *Tx) EndLinks(ctx context.Context, purpose shop.LinkPurpose, thing int64) error {
	_, err := tx.exec(ctx, "UPDATE links SET used_at = ? WHERE purpose = ? AND thing_id = ? AND used_at IS NULL", tx.now, purpose, thing)
	return err
}

// one runs a statement that must change exactly one row.
func (tx *Tx) one(ctx context.Context, sql string, args ...any) error {
	n, err := tx.exec(ctx, sql, args...)
	if err == nil && n != 1 {
		return errors.New("a row that was to change is not there")
	}
	return err
}
