package formats

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"longrun/internal/shop"
)

// Limits of one product in a file, those of Shopify.
const (
	MaxRows = 2_048 + 250 // variants, and images in rows of their own
	maxCell = 1 << 20     // bytes
)

// ProductReader reads a product file one product at a time.
type ProductReader struct {
	csv    *csv.Reader
	head   *head
	ahead  *ProductRow // the row after the product that was read last
	failed error
}

// ProductRecord is the rows of one product: rows that follow each other and
// whose handles are the same once they are made valid. A handle that comes
// back is a record of its own, and whoever reads must refuse or merge it.
type ProductRecord struct {
	Handle string // as in the file, "" if only the title names it
	Line   int    // of its first row, from 1
	Rows   []ProductRow
}

// NewProductReader reads the first line of a product file and finds its
// columns. A byte order mark is skipped. It returns a KindInvalid error with
// a sentence when the file cannot be a product file.
func NewProductReader(r io.Reader) (*ProductReader, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	if err := skipMark(buffered); err != nil {
		return nil, err
	}
	p := &ProductReader{csv: csv.NewReader(buffered)}
	p.csv.FieldsPerRecord = -1
	p.csv.ReuseRecord = true
	names, line, err := p.read()
	if errors.Is(err, io.EOF) {
		return nil, shop.Invalid("the file is empty")
	}
	if err != nil {
		return nil, err
	}
	p.head, err = newHead(names, line)
	return p, err
}

// skipMark skips a byte order mark of UTF-8 and refuses that of UTF-16.
func skipMark(r *bufio.Reader) error {
	start, err := r.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading the file: %w", err)
	}
	switch {
	case string(start) == "\ufeff":
		_, _ = r.Discard(3)
	case len(start) > 1 && (string(start[:2]) == "\xff\xfe" || string(start[:2]) == "\xfe\xff"):
		return shop.Invalid("the file is UTF-16; save it as CSV UTF-8")
	}
	return nil
}

// Has says whether the file has a column.
func (p *ProductReader) Has(c Column) bool {
	_, ok := p.head.place[c]
	return ok
}

// Next reads the next product; io.EOF after the last. An error concerns the
// whole file, says the line, and stays.
func (p *ProductReader) Next() (ProductRecord, error) {
	var record ProductRecord
	for {
		row, err := p.row()
		if errors.Is(err, io.EOF) && len(record.Rows) > 0 {
			return record, nil
		}
		if err != nil {
			return ProductRecord{}, err
		}
		handle, title := row.Text(Handle), row.Text(Title)
		switch {
		case len(record.Rows) == 0:
			record.Handle, record.Line = handle, row.Line
		case shop.MakeHandle(handle) != shop.MakeHandle(record.Handle) || handle == "" && title != "":
			p.ahead = row
			return record, nil
		}
		if len(record.Rows) == MaxRows {
			p.failed = shop.Invalid("line %d: %q has more than %d rows", row.Line, handle, MaxRows)
			return ProductRecord{}, p.failed
		}
		record.Rows = append(record.Rows, *row)
	}
}

// row is the next row that is not blank all over.
func (p *ProductReader) row() (*ProductRow, error) {
	if row := p.ahead; row != nil {
		p.ahead = nil
		return row, nil
	}
	for p.failed == nil {
		cells, line, err := p.read()
		if err != nil {
			p.failed = err
			break
		}
		if len(cells) > len(p.head.names) && !blank(cells[len(p.head.names):]) {
			p.failed = shop.Invalid("line %d has %d cells, but there are only %d columns", line, len(cells), len(p.head.names))
			break
		}
		if !blank(cells) {
			return &ProductRow{Line: line, head: p.head, cells: append([]string(nil), cells...)}, nil
		}
	}
	return nil, p.failed
}

// read reads one line of cells, which may span lines of the file.
func (p *ProductReader) read() (cells []string, line int, err error) {
	cells, err = p.csv.Read()
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		e := shop.Invalid("line %d: the quotation marks of the row that begins here are not in order", parse.StartLine)
		e.Err = err
		return nil, 0, e
	case err != nil:
		return nil, 0, err
	}
	line, _ = p.csv.FieldPos(0)
	for _, cell := range cells {
		switch {
		case !utf8.ValidString(cell):
			return nil, 0, shop.Invalid("line %d is not UTF-8; save the file as CSV UTF-8", line)
		case strings.ContainsRune(cell, 0):
			return nil, 0, shop.Invalid("line %d holds a NUL character", line)
		case len(cell) > maxCell:
			return nil, 0, shop.Invalid("line %d has a cell of more than %d bytes", line, maxCell)
		}
	}
	return cells, line, nil
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
