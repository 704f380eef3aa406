package database

import (
	"context"
	"crypto/hmac"
	"fmt"
)

// chainWalk is how far a check of the audit chain has come.
type chainWalk struct {
	Reader
	previous []byte          // hash of the last entry
	next     int64           // number that the next entry must have
	erased   map[int64]int64 // what was erased before the walk began
	missing  []int64         // entries without details
	flaws    []string
}

// CheckAudit walks the whole chain and gives one line per flaw. Entries may be
// written and details erased meanwhile.
func (r Reader) CheckAudit(ctx context.Context) ([]string, error) {
	w := &chainWalk{Reader: r, previous: []byte{}, next: 1}
	var err error
	if w.erased, err = r.erasures(ctx); err != nil {
		return nil, err
	}
	if err := w.toTheEnd(ctx); err != nil {
		return nil, err
	}
	return w.flaws, w.explainMissing(ctx)
}

// toTheEnd walks until the chain ends where its head says. Entries may have
// come between the last look at them and the one at the head; when the head
// says the same as before the walk, all that it counts was there.
func (w *chainWalk) toTheEnd(ctx context.Context) error {
	for last := (AuditHead{Count: -1}); ; {
		if err := w.walk(ctx); err != nil {
			return err
		}
		head, err := w.AuditHead(ctx)
		if err != nil || w.next-1 == head.Count && hmac.Equal(w.previous, head.Hash) {
			return err
		}
		if head.Count == last.Count && hmac.Equal(head.Hash, last.Hash) {
			w.flaws = append(w.flaws, fmt.Sprintf("audit: the chain ends at %d, its head says %d", w.next-1, head.Count))
			return nil
		}
		last = head
	}
}

// walk looks at the entries that there are from the next one on.
func (w *chainWalk) walk(ctx context.Context) error {
	for {
		rows, err := w.auditRows(ctx, w.next)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			w.look(row)
			w.previous, w.next = row.Hash, row.Seq+1
		}
	}
}

func (w *chainWalk) look(row auditDetailRow) {
	flaw := func(format string, args ...any) { w.flaws = append(w.flaws, fmt.Sprintf(format, args...)) }
	if row.Seq != w.next {
		flaw("audit: entry %d is missing", w.next)
	}
	if !w.auditHashFits(row.AuditRow, w.previous) {
		flaw("audit: entry %d does not fit the one before it", row.Seq)
	}
	switch by := w.erased[row.Seq]; {
	case row.Details == nil:
		w.missing = append(w.missing, row.Seq)
	case by != 0:
		flaw("audit: the details of entry %d are there, and entry %d says that they were erased", row.Seq, by)
	case !row.detailsFit():
		flaw("audit: the details of entry %d were changed", row.Seq)
	}
}

// explainMissing wants an erasure for each entry without details.
func (w *chainWalk) explainMissing(ctx context.Context) error {
	if len(w.missing) == 0 {
		return nil
	}
	erased, err := w.erasures(ctx) // again, for those of meanwhile
	for _, seq := range w.missing {
		if erased[seq] == 0 {
			w.flaws = append(w.flaws, fmt.Sprintf("audit: the details of entry %d are missing, and no entry says that they were erased", seq))
		}
	}
	return err
}

type auditDetailRow struct {
	AuditRow
	Salt    []byte
	Details *string
}

func (r Reader) auditRows(ctx context.Context, from int64) ([]auditDetailRow, error) {
	var rows []auditDetailRow
	err := r.raw(ctx, &rows, `SELECT e.*, d.salt, d.details FROM audit_entries e
		LEFT JOIN audit_details d ON d.seq = e.seq WHERE e.seq >= ? ORDER BY e.seq LIMIT 500`, from)
	return rows, err
}

// detailsFit says whether details are there and are what was written.
func (row auditDetailRow) detailsFit() bool {
	return row.Details != nil && hmac.Equal(auditDigest(row.Salt, *row.Details), row.Digest)
}

func (r Reader) auditHashFits(row AuditRow, previous []byte) bool {
	for _, k := range r.keys {
		if hmac.Equal(row.hash(k, previous), row.Hash) {
			return true
		}
	}
	return false
}
