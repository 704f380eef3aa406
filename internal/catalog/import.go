package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"longrun/internal/database"
	"longrun/internal/formats"
	"longrun/internal/shop"
)

// ImportOptions say how to import.
type ImportOptions struct {
	DryRun   bool
	Who      string                              // for audit and stock movements
	Progress func(stage string, done, total int) // products; total is 0 while it is unknown; may be nil
}

// Import reads a product file three times: to name it by its digest, to check
// it whole and see what it would do, and to do it, in transactions of a tenth
// of a second. An import that is cut off is finished by the next one. A file
// that cannot be read gives an error that names the line, and nothing is
// written.
func (c *Catalog) Import(ctx context.Context, file io.ReadSeeker, o ImportOptions) (Report, error) {
	i := &importer{catalog: c, options: o, planned: map[int]bool{}}
	i.report = emptyReport(o.DryRun)
	digest := sha256.New()
	if err := i.pass(file, func(r io.Reader) error {
		_, err := io.Copy(digest, r)
		return err
	}); err != nil {
		return i.report, err
	}
	i.report.File = hex.EncodeToString(digest.Sum(nil))
	i.cause = shop.StockMovement{CauseKind: "import", CauseID: i.report.File, Step: "count", Who: o.Who}
	if err := i.pass(file, func(r io.Reader) error { return i.check(ctx, r) }); err != nil {
		report := emptyReport(o.DryRun)
		report.File = i.report.File
		return report, err
	}
	var err error
	if !o.DryRun && len(i.planned) > 0 {
		err = i.pass(file, func(r io.Reader) error { return i.write(ctx, r) })
	}
	i.report.sort()
	return i.report, err
}

// importer is one run of Import.
type importer struct {
	catalog *Catalog
	options ImportOptions
	cause   shop.StockMovement
	report  Report
	planned map[int]bool // first lines of the records that have work
	done    int
}

func (i *importer) tell(stage string, done, total int) {
	if i.options.Progress != nil {
		i.options.Progress(stage, done, total)
	}
}

func (i *importer) pass(file io.ReadSeeker, read func(io.Reader) error) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("going to the start of the file: %w", err)
	}
	return read(file)
}

// checkBatch is how many rows of the file are looked up at a time.
const checkBatch = 200

// check reads the whole file and finds out what it would do. What is refused
// or left is counted now; what has work, only in a dry run.
func (i *importer) check(ctx context.Context, file io.Reader) error {
	seen := map[string]int{}
	return each(file, checkBatch, func(records []formats.ProductRecord) (int, error) {
		records = i.onlyFirst(records, seen)
		drafts, err := i.drafts(ctx, i.catalog.db.Reader, records)
		if err != nil {
			return 0, err
		}
		for _, d := range drafts {
			w := workOf(d)
			switch {
			case len(d.faults) > 0:
				i.report.refuse(d.faults...)
			case w.none() || i.options.DryRun:
				i.report.add(d, w)
			default:
				i.planned[d.line] = true
			}
		}
		i.tell("checked", i.report.Products.Total()+len(i.planned), 0)
		return checkBatch, ctx.Err()
	})
}

// onlyFirst refuses records without a handle and those whose handle has been
// there before.
func (i *importer) onlyFirst(records []formats.ProductRecord, seen map[string]int) []formats.ProductRecord {
	var first []formats.ProductRecord
	for _, record := range records {
		handle := handleOf(record)
		remark := Remark{Line: record.Line, Handle: handle}
		switch line, again := seen[handle]; {
		case handle == "":
			remark.Message = "the row has neither a handle nor a title that could be made one"
			i.report.refuse(remark)
		case again:
			remark.Message = fmt.Sprintf("the handle %s stands in line %d already; the rows of a product must follow each other",
				handle, line)
			i.report.refuse(remark)
		default:
			seen[handle] = record.Line
			first = append(first, record)
		}
	}
	return first
}

// handleOf makes a record's handle valid; one without takes its title's.
func handleOf(record formats.ProductRecord) string {
	if handle := shop.MakeHandle(record.Handle); handle != "" || len(record.Rows) == 0 {
		return handle
	}
	return shop.MakeHandle(record.Rows[0].Text(formats.Title))
}

// drafts applies records to the products there are. Counts that this very
// file has set before stay.
func (i *importer) drafts(ctx context.Context, r database.Reader, records []formats.ProductRecord) ([]*draft, error) {
	var handles []string
	for _, record := range records {
		handles = append(handles, handleOf(record))
	}
	existing, err := r.ProductsByHandles(ctx, handles)
	if err != nil {
		return nil, err
	}
	var drafts []*draft
	for n, record := range records {
		var before *shop.Product
		if p, ok := existing[handles[n]]; ok {
			before = &p
		}
		drafts = append(drafts, draftOf(record, handles[n], before))
	}
	return drafts, i.keepCounts(ctx, r, drafts)
}

func (i *importer) keepCounts(ctx context.Context, r database.Reader, drafts []*draft) error {
	var ids []shop.VariantID
	for _, d := range drafts {
		for _, n := range workOf(d).moves {
			ids = append(ids, d.after.Variants[n].ID)
		}
	}
	moved, err := r.MovedBy(ctx, i.cause, ids)
	for _, d := range drafts {
		for n := range d.after.Variants {
			if v := &d.after.Variants[n]; moved[v.ID] {
				v.Stock.OnHand = d.before.Variants[n].Stock.OnHand
				d.kept++
			}
		}
	}
	return err
}

// each reads the products of a file in batches of a size that do may change.
func each(file io.Reader, size int, do func([]formats.ProductRecord) (int, error)) error {
	reader, err := formats.NewProductReader(file)
	if err != nil {
		return err
	}
	var batch []formats.ProductRecord
	rows := 0
	for {
		record, err := reader.Next()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return err
		}
		if !end {
			batch = append(batch, record)
			rows += len(record.Rows)
		}
		if len(batch) > 0 && (end || rows >= size) {
			if size, err = do(batch); err != nil {
				return err
			}
			batch, rows = nil, 0
		}
		if end {
			return nil
		}
	}
}
