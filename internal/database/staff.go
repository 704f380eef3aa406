package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

const noStaff = "There is nobody of that name here."

// StaffByID is one of the shop's people.
func (r Reader) StaffByID(ctx context.Context, id shop.StaffID) (shop.Staff, error) {
	var s shop.Staff
	err := r.take(ctx, &s, noStaff, "SELECT * FROM staff WHERE id = ?", id)
	return s, err
}

// StaffByEmail finds somebody by the address as shop.CleanStaffEmail gives it.
func (r Reader) StaffByEmail(ctx context.Context, email string) (shop.Staff, error) {
	var s shop.Staff
	if email == "" {
		return s, shop.NotFound(noStaff)
	}
	err := r.take(ctx, &s, noStaff, "SELECT * FROM staff WHERE email = ?", email)
	return s, err
}

// mostStaff bounds the list of people; it is a shop, not an army.
const mostStaff = 500

// StaffList are all people of the shop by name, at most 500.
func (r Reader) StaffList(ctx context.Context) ([]shop.Staff, error) {
	var list []shop.Staff
	err := r.raw(ctx, &list, "SELECT * FROM staff ORDER BY name, id LIMIT ?", mostStaff)
	return list, err
}

// StaffSecret opens the secret of somebody's second step.
func (r Reader) StaffSecret(s shop.Staff) ([]byte, error) {
	return r.keys.open("staff_totp", int64(s.ID), s.SealedSecret)
}

// StaffCandidate is the secret that a session offers for a new second step.
// It is derived, not stored: the same session is always offered the same, and
// nobody can offer one of their own.
func (r Reader) StaffCandidate(session shop.StaffSession) []byte {
	return r.keys[0].mac("staff_candidate", fmt.Sprint(session.StaffID), string(session.Digest))[:20]
}

// RecoveryCodesLeft is how many unused recovery codes somebody has.
func (r Reader) RecoveryCodesLeft(ctx context.Context, id shop.StaffID) (int64, error) {
	var n int64
	err := r.raw(ctx, &n, "SELECT count(*) FROM staff_recovery_codes WHERE staff_id = ? AND used_at IS NULL", id)
	return n, err
}
