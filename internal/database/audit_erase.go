package database

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// ActionErase is the audit log's own action: the details of other entries
// were erased. Its own details name them and are never erased.
const ActionErase = "audit.erase"

// erasure are the details of an ActionErase.
type erasure struct {
	Seqs []int64 `json:"seqs"`
	Why  string  `json:"why"`
}

// EraseAuditDetails takes the details of some entries out of the audit log,
// for good, and notes that and why. The entries themselves stay, with the
// digest of what they said. What was erased before does not matter. An entry
// that there is not, that is not written yet or that tells of an erasure gives
// KindInvalid, and so does an erasure without a reason.
func (tx *Tx) EraseAuditDetails(ctx context.Context, seqs []int64, who, why string) error {
	if why = strings.TrimSpace(why); why == "" || who == "" {
		return shop.Invalid("Say who wants the details of the audit log erased, and why.")
	}
	seqs = slices.Compact(slices.Sorted(slices.Values(seqs)))
	var gone []int64
	for part := range slices.Chunk(seqs, placesAtOnce) {
		var there []struct {
			Seq    int64
			Action string
			Left   bool
		}
		err := tx.raw(ctx, &there, `SELECT e.seq, e.action, d.seq IS NOT NULL AS "left" FROM audit_entries e
			LEFT JOIN audit_details d ON d.seq = e.seq WHERE e.seq IN ? ORDER BY e.seq`, part)
		if err != nil {
			return err
		}
		if len(there) != len(part) {
			return shop.Invalid("The audit log has not all of these entries.")
		}
		for _, e := range there {
			if e.Action == ActionErase {
				return shop.Invalid("Entry %d tells of an erasure and stays.", e.Seq)
			}
			if e.Left {
				gone = append(gone, e.Seq)
			}
		}
		if _, err := tx.exec(ctx, "DELETE FROM audit_details WHERE seq IN ?", part); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	details, err := json.Marshal(erasure{Seqs: gone, Why: why})
	if err != nil {
		return err
	}
	tx.Audit(shop.AuditEntry{Who: who, Action: ActionErase, ThingKind: "audit", ThingID: fmt.Sprint(gone[0]), Details: string(details)})
	return nil
}

// erasures are the entries whose details were erased, each with the number of
// the entry that says so. Only what says it in details that fit their digest
// counts; whether the entry fits the chain is seen when that is walked.
func (r Reader) erasures(ctx context.Context) (map[int64]int64, error) {
	erased := map[int64]int64{}
	for after := int64(0); ; {
		var rows []auditDetailRow
		err := r.raw(ctx, &rows, `SELECT e.*, d.salt, d.details FROM audit_entries e
			JOIN audit_details d ON d.seq = e.seq WHERE e.action = ? AND e.seq > ? ORDER BY e.seq LIMIT 500`, ActionErase, after)
		if err != nil || len(rows) == 0 {
			return erased, err
		}
		for _, row := range rows {
			after = row.Seq
			var named erasure
			if !row.detailsFit() || json.Unmarshal([]byte(*row.Details), &named) != nil {
				continue
			}
			for _, seq := range named.Seqs {
				if _, already := erased[seq]; !already && seq < row.Seq {
					erased[seq] = row.Seq
				}
			}
		}
	}
}
