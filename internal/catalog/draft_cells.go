package catalog

import (
	"math"
	"strconv"
	"strings"
	"time"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

// text takes the text of a column, blank too.
func (d *draft) text(row formats.ProductRow, c formats.Column, to *string) {
	if text, ok := row.Cell(c); ok {
		*to = text
	}
}

// yes takes yes or no; blank says nothing.
func (d *draft) yes(row formats.ProductRow, c formats.Column, to *bool) {
	switch text := row.Text(c); strings.ToLower(text) {
	case "":
	case "true", "yes", "1":
		*to = true
	case "false", "no", "0":
		*to = false
	default:
		d.fault(row.Line, "%s is %q, neither true nor false", c, text)
	}
}

// price takes an amount; blank says nothing.
func (d *draft) price(row formats.ProductRow, c formats.Column, to *shop.Cents) {
	text := row.Text(c)
	if text == "" {
		return
	}
	amount, err := shop.ParseCents(text)
	if err != nil {
		d.fault(row.Line, "%s: %s", c, shop.MessageOf(err))
		return
	}
	*to = amount
}

// maybePrice takes an amount; blank takes it away.
func (d *draft) maybePrice(row formats.ProductRow, c formats.Column, to **shop.Cents) {
	text, ok := row.Cell(c)
	if !ok {
		return
	}
	if text == "" {
		*to = nil
		return
	}
	var amount shop.Cents
	d.price(row, c, &amount)
	*to = &amount
}

// fact takes a whole number within limits; blank makes it unknown.
func (d *draft) fact(row formats.ProductRow, c formats.Column, low, high int, to *int) {
	text, ok := row.Cell(c)
	if !ok {
		return
	}
	if text == "" {
		*to = 0
		return
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		d.fault(row.Line, "%s is %q, not a whole number from %d to %d", c, text, low, high)
		return
	}
	*to = n
}

// grams takes a weight, which exports write with a decimal part; blank is
// unknown.
func (d *draft) grams(row formats.ProductRow, to *int64) {
	text, ok := row.Cell(formats.Grams)
	if !ok {
		return
	}
	if text == "" {
		*to = 0
		return
	}
	weight, err := strconv.ParseFloat(text, 64)
	if err != nil || !(weight >= 0 && weight < 1e9) {
		d.fault(row.Line, "%s is %q, not a weight in grams", formats.Grams, text)
		return
	}
	*to = int64(math.Round(weight))
}

// count takes a count of pieces, and says whether there is one.
func (d *draft) count(row formats.ProductRow) (n int64, given bool) {
	text := row.Text(formats.Quantity)
	if text == "" {
		return 0, false
	}
	whole, rest, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(rest, "0") != "" || n < -1_000_000_000 || n > 1_000_000_000 {
		d.fault(row.Line, "%s is %q, not a count of pieces", formats.Quantity, text)
		return 0, false
	}
	return n, true
}

// moment takes an instant; blank takes it away.
func (d *draft) moment(row formats.ProductRow, c formats.Column, to **shop.Instant) {
	text, ok := row.Cell(c)
	if !ok {
		return
	}
	if text == "" {
		*to = nil
		return
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		d.fault(row.Line, "%s is %q, not a time such as 2026-11-01T09:00:00Z", c, text)
		return
	}
	instant := shop.At(at)
	*to = &instant
}
