package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"longrun/internal/database"
	"longrun/internal/formats"
	"longrun/internal/shop"
)

// A transaction of an import takes about so long. The batch, in rows of the
// file, grows and shrinks to it.
const (
	batchAim   = 60 * time.Millisecond
	batchFirst = 60
	batchLeast = 10
	batchMost  = 1_000
)

// write does what check has planned.
func (i *importer) write(ctx context.Context, file io.Reader) error {
	size := batchFirst
	return each(file, size, func(records []formats.ProductRecord) (int, error) {
		var batch []formats.ProductRecord
		for _, record := range records {
			if i.planned[record.Line] {
				batch = append(batch, record)
			}
		}
		if len(batch) == 0 {
			return size, ctx.Err()
		}
		start := time.Now()
		if err := i.writeBatch(ctx, batch); err != nil {
			return 0, err
		}
		size = nextSize(size, time.Since(start))
		i.done += len(batch)
		i.tell("written", i.done, len(i.planned))
		return size, ctx.Err()
	})
}

func nextSize(size int, took time.Duration) int {
	switch {
	case took > batchAim:
		size /= 2
	case took < batchAim/2:
		size += size / 2
	}
	return min(max(size, batchLeast), batchMost)
}

// writeBatch writes records in one transaction. If someone else's change
// stands in the way of the batch they are written one by one, and what cannot
// be written even so is refused.
func (i *importer) writeBatch(ctx context.Context, records []formats.ProductRecord) error {
	report := i.report
	err := i.transact(ctx, records)
	if err == nil {
		return nil
	}
	i.report = report
	if shop.KindOf(err) != shop.KindConflict && !errors.Is(err, shop.ErrExists) {
		return err
	}
	for _, record := range records {
		err := i.transact(ctx, []formats.ProductRecord{record})
		switch {
		case shop.KindOf(err) == shop.KindConflict:
			i.report = report
			i.report.refuse(Remark{Line: record.Line, Handle: handleOf(record), Message: shop.MessageOf(err)})
		case err != nil:
			return err
		}
		report = i.report
	}
	return nil
}

func (i *importer) transact(ctx context.Context, records []formats.ProductRecord) error {
	before := i.report
	return i.catalog.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		i.report = before
		drafts, err := i.drafts(ctx, tx.Reader, records)
		if err != nil {
			return err
		}
		return i.writeDrafts(ctx, tx, drafts)
	})
}

func (i *importer) writeDrafts(ctx context.Context, tx *database.Tx, drafts []*draft) error {
	var made []shop.Product
	var changed []string
	drafts = slices.DeleteFunc(drafts, i.refused)
	for _, d := range drafts {
		w := workOf(d)
		i.report.add(d, w)
		switch {
		case d.before == nil:
			made = append(made, d.after)
		case !w.none():
			changed = append(changed, d.handle)
			if err := update(ctx, tx, d, w, i.cause); err != nil {
				return err
			}
		}
	}
	if err := insert(ctx, tx, made, i.cause); err != nil {
		return err
	}
	if err := moveStock(ctx, tx, drafts, i.cause); err != nil {
		return err
	}
	i.audit(tx, made, changed)
	return nil
}

// refused counts a draft whose faults appeared only since the file was checked.
func (i *importer) refused(d *draft) bool {
	if len(d.faults) > 0 {
		i.report.refuse(d.faults...)
	}
	return len(d.faults) > 0
}

func (i *importer) audit(tx *database.Tx, made []shop.Product, changed []string) {
	handles := []string{}
	for _, p := range made {
		handles = append(handles, p.Handle)
	}
	details, _ := json.Marshal(map[string][]string{"made": handles, "changed": append([]string{}, changed...)})
	tx.Audit(shop.AuditEntry{
		Who: i.options.Who, Action: "products.import", ThingKind: "file", ThingID: i.report.File, Details: string(details),
	})
}
