package formats

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"longrun/internal/shop"
)

// Limits of a file of tracking numbers.
const (
	MaxTrackingFile = 1 << 20 // bytes
	MaxTrackingRows = 5_000
)

// TrackingRow is a row of a file of tracking numbers, its cells trimmed.
type TrackingRow struct {
	Line     int // from 1
	Order    string
	Carrier  string // or its service
	Tracking string
}

// The names that label programs give the columns, the most telling first: a
// file with an order number may have a column Name for the person.
var (
	orderNames    = []string{"order number", "order no", "order id", "order", "order name", "ordernumber", "reference", "name", "number"}
	carrierNames  = []string{"carrier", "carrier name", "shipping carrier", "tracking company", "service", "carrier service", "shipping service", "shipping method", "ship method"}
	trackingNames = []string{"tracking number", "tracking no", "tracking code", "tracking id", "tracking", "tracking numbers", "trackingnumber"}
)

// ReadTracking reads a file of tracking numbers as label programs write it:
// CSV with commas, semicolons or tabs, in UTF-8 or Windows-1252, with a first
// line that names its columns in any case. Rows with nothing in them are left
// out. KindInvalid with a sentence when it is no such file.
func ReadTracking(r io.Reader) ([]TrackingRow, error) {
	text, err := trackingText(r)
	if err != nil {
		return nil, err
	}
	file := csv.NewReader(strings.NewReader(text))
	file.FieldsPerRecord, file.LazyQuotes = -1, true
	file.Comma = comma(text)
	head, err := file.Read()
	if errors.Is(err, io.EOF) {
		return nil, shop.Invalid("The file is empty.")
	}
	if err != nil {
		return nil, shop.Invalid("The first line of the file cannot be read.")
	}
	order, carrier, tracking := column(head, orderNames), column(head, carrierNames), column(head, trackingNames)
	if order < 0 || tracking < 0 {
		return nil, shop.Invalid("The first line of the file must name a column Order Number and a column Tracking Number.")
	}
	var rows []TrackingRow
	for {
		cells, err := file.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, shop.Invalid("The file cannot be read: %v.", err)
		}
		line, _ := file.FieldPos(0)
		row := TrackingRow{line, cell(cells, order), cell(cells, carrier), cell(cells, tracking)}
		if row.Order == "" && row.Tracking == "" && row.Carrier == "" {
			continue
		}
		if rows = append(rows, row); len(rows) > MaxTrackingRows {
			return nil, shop.Invalid("The file has more than 5,000 rows. Please split it.")
		}
	}
}

// trackingText is the whole file as UTF-8.
func trackingText(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxTrackingFile+1))
	switch {
	case err != nil:
		return "", err
	case len(b) > MaxTrackingFile:
		return "", shop.Invalid("The file is larger than 1 MB. Please split it.")
	case bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "", shop.Invalid("The file is UTF-16; save it as CSV UTF-8.")
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return "", shop.Invalid("This is a workbook; save it as CSV.")
	case bytes.IndexByte(b, 0) >= 0:
		return "", shop.Invalid("This is not a text file. Save the table as CSV.")
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if utf8.Valid(b) {
		return string(b), nil
	}
	return fromWindows1252(b), nil
}

// windows1252 are the characters from 0x80 to 0x9f that differ from Latin-1.
var windows1252 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

func fromWindows1252(b []byte) string {
	var text strings.Builder
	for _, c := range b {
		if c >= 0x80 && c <= 0x9f {
			text.WriteRune(windows1252[c-0x80])
			continue
		}
		text.WriteRune(rune(c))
	}
	return text.String()
}

// comma is what parts the cells of the first line.
func comma(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(first, ",")
	for _, r := range ";\t" {
		if n := strings.Count(first, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// column is where the most telling of the names stands in a first line, -1 if
// none does.
func column(head, names []string) int {
	for _, name := range names {
		for i, cell := range head {
			plain := strings.NewReplacer("_", " ", "-", " ", ".", " ", "#", " no ", ":", " ").Replace(unguard(strings.TrimSpace(cell)))
			if normal(plain) == name {
				return i
			}
		}
	}
	return -1
}

func cell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(unguard(strings.TrimSpace(cells[i])))
}
