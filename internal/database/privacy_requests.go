package database

import (
	"context"
	"encoding/json"

	"longrun/internal/shop"
)

const privacySeal = "privacy"

// SealAddress encrypts an address for a row or a page's address, so that
// neither a log nor a stolen database gives it away.
func (r Reader) SealAddress(email string) []byte { return r.keys.seal(privacySeal, 0, []byte(email)) }

// OpenAddress decrypts what SealAddress has made. KindNotFound for anything
// else.
func (r Reader) OpenAddress(sealed []byte) (string, error) {
	email, err := r.keys.open(privacySeal, 0, sealed)
	if err != nil || len(email) == 0 {
		return "", shop.NotFound("This is not known any more.")
	}
	return string(email), nil
}

// AddressDigest is an address under the secret key: the same address has the
// same digest, and nobody without the key can tell whose it is.
func (r Reader) AddressDigest(email string) []byte { return r.digests(shop.SameEmail(email))[0] }

// digests are an address's digests under all keys.
func (r Reader) digests(same string) [][]byte {
	var all [][]byte
	for _, k := range r.keys {
		all = append(all, k.mac("address", same))
	}
	return all
}

// AddPrivacyRequest writes a request down, with its address sealed, and says
// whether it is new: not when its key has made one before, nor an erasure
// while another of the same address is under way.
func (tx *Tx) AddPrivacyRequest(ctx context.Context, r *shop.PrivacyRequest, email string) (bool, error) {
	r.Digest, r.Sealed, r.Report, r.CreatedAt = tx.AddressDigest(email), tx.SealAddress(email), "{}", tx.now
	if r.State == shop.PrivacyDone {
		r.Sealed, r.EndedAt = []byte{}, &tx.now
	}
	return tx.insertOnce(ctx, r)
}

const noRequest = "There is no such request."

// PrivacyRequest is a request.
func (r Reader) PrivacyRequest(ctx context.Context, id shop.PrivacyID) (shop.PrivacyRequest, error) {
	var p shop.PrivacyRequest
	err := r.take(ctx, &p, noRequest, "SELECT * FROM privacy_requests WHERE id = ?", id)
	return p, err
}

// LockPrivacyRequest is PrivacyRequest with the row locked until the end.
func (tx *Tx) LockPrivacyRequest(ctx context.Context, id shop.PrivacyID) (shop.PrivacyRequest, error) {
	var p shop.PrivacyRequest
	err := tx.take(ctx, &p, noRequest, "SELECT * FROM privacy_requests WHERE id = ?"+tx.lock(), id)
	return p, err
}

// PrivacyRequestsOf are the requests about an address, the newest first, at
// most a hundred.
func (r Reader) PrivacyRequestsOf(ctx context.Context, email string) ([]shop.PrivacyRequest, error) {
	var list []shop.PrivacyRequest
	err := r.raw(ctx, &list, "SELECT * FROM privacy_requests WHERE digest IN ? ORDER BY id DESC LIMIT 100", r.digests(shop.SameEmail(email)))
	return list, err
}

// ErasureOf is the erasure of an address that is under way. KindNotFound
// without one.
func (r Reader) ErasureOf(ctx context.Context, email string) (shop.PrivacyRequest, error) {
	var p shop.PrivacyRequest
	err := r.take(ctx, &p, noRequest, "SELECT * FROM privacy_requests WHERE kind = 'erase' AND state <> 'done' AND digest IN ? ORDER BY id DESC LIMIT 1",
		r.digests(shop.SameEmail(email)))
	return p, err
}

// PrivacyRequests are the newest handings-out and erasures.
func (r Reader) PrivacyRequests(ctx context.Context, limit int) ([]shop.PrivacyRequest, error) {
	var list []shop.PrivacyRequest
	err := r.raw(ctx, &list, "SELECT * FROM privacy_requests WHERE kind IN ('export', 'erase') ORDER BY id DESC LIMIT ?", limit)
	return list, err
}

// PostponedErasures are up to limit erasures that wait for something, after
// one.
func (r Reader) PostponedErasures(ctx context.Context, after shop.PrivacyID, limit int) ([]shop.PrivacyRequest, error) {
	var list []shop.PrivacyRequest
	err := r.raw(ctx, &list, "SELECT * FROM privacy_requests WHERE kind = 'erase' AND state = 'postponed' AND id > ? ORDER BY id LIMIT ?", after, limit)
	return list, err
}

// MovePrivacyRequest writes where a locked request stands: why it is
// postponed, what has been erased so far, and once it is done no address any
// more.
func (tx *Tx) MovePrivacyRequest(ctx context.Context, p *shop.PrivacyRequest, to shop.PrivacyState, why string, report shop.ErasureReport) error {
	text, err := json.Marshal(report)
	if err != nil {
		return err
	}
	p.State, p.Why, p.Report = to, why, string(text)
	if to == shop.PrivacyDone {
		p.Sealed, p.EndedAt = []byte{}, &tx.now
	}
	n, err := tx.exec(ctx, "UPDATE privacy_requests SET state = ?, why = ?, report = ?, sealed = ?, ended_at = ? WHERE id = ?",
		p.State, p.Why, p.Report, p.Sealed, p.EndedAt, p.ID)
	if err == nil && n != 1 {
		err = shop.NotFound(noRequest)
	}
	return err
}
