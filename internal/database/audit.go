package database

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"longrun/internal/shop"
)

// Audit notes a change by staff, a token or a command. It is written with the
// transaction's last statements, so that the chain's head is locked shortest.
func (tx *Tx) Audit(entry shop.AuditEntry) { tx.audit = append(tx.audit, entry) }

// AuditHead is the end of the chain: how many entries there are, and the hash
// of the last. Printed elsewhere, it betrays a tail that was cut off.
type AuditHead struct {
	Count int64
	Hash  []byte
}

// AuditRow is one entry of the audit log as it is stored.
type AuditRow struct {
	Seq       int64
	At        shop.Instant
	Who       string
	Action    string
	ThingKind string
	ThingID   string
	Digest    []byte // SHA-256 of salt and details, which may be erased
	Hash      []byte
}

// hash chains an entry to the one before it, under the secret key.
func (row AuditRow) hash(k key, previous []byte) []byte {
	return k.mac("audit", string(previous), fmt.Sprint(row.Seq), fmt.Sprint(row.At.UnixMicro()),
		row.Who, row.Action, row.ThingKind, row.ThingID, string(row.Digest))
}

func (tx *Tx) writeAudit(ctx context.Context) error {
	if len(tx.audit) == 0 {
		return nil
	}
	var head AuditHead
	if err := tx.take(ctx, &head, "The audit log has no head.",
		"SELECT count, hash FROM audit_head WHERE id = 1"+tx.lock()); err != nil {
		return err
	}
	rows := make([]AuditRow, len(tx.audit))
	details := make([]auditDetail, len(tx.audit))
	for i, entry := range tx.audit {
		rows[i], details[i] = tx.chained(entry, head)
		head.Count, head.Hash = rows[i].Seq, rows[i].Hash
	}
	if err := tx.query(ctx).Table("audit_entries").CreateInBatches(rows, auditBatch).Error; err != nil {
		return fmt.Errorf("writing the audit log: %w", err)
	}
	if err := tx.query(ctx).Table("audit_details").CreateInBatches(details, auditBatch).Error; err != nil {
		return fmt.Errorf("writing the details of the audit log: %w", err)
	}
	tx.audit = nil
	_, err := tx.exec(ctx, "UPDATE audit_head SET count = ?, hash = ? WHERE id = 1", head.Count, head.Hash)
	return err
}

// auditBatch is how many entries one statement writes.
const auditBatch = 100

// auditDetail is what may be erased of an entry.
type auditDetail struct {
	Seq     int64
	Salt    []byte
	Details string
}

// chained is an entry as it stands behind the chain's head.
func (tx *Tx) chained(entry shop.AuditEntry, head AuditHead) (AuditRow, auditDetail) {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	row := AuditRow{
		Seq: head.Count + 1, At: tx.now, Who: entry.Who, Action: entry.Action,
		ThingKind: entry.ThingKind, ThingID: entry.ThingID, Digest: auditDigest(salt, entry.Details),
	}
	row.Hash = row.hash(tx.keys[0], head.Hash)
	return row, auditDetail{row.Seq, salt, entry.Details}
}

func auditDigest(salt []byte, details string) []byte {
	sum := sha256.Sum256(append(append([]byte{}, salt...), details...))
	return sum[:]
}

// AuditHead is the end of the audit chain.
func (r Reader) AuditHead(ctx context.Context) (AuditHead, error) {
	var head AuditHead
	err := r.take(ctx, &head, "The audit log has no head.", "SELECT count, hash FROM audit_head WHERE id = 1")
	return head, err
}
