package formats

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"time"

	"longrun/internal/shop"
)

// labelColumns are the columns of a file for label programs, which all of
// them let their user match with their own once.
var labelColumns = []string{
	"Order Number", "Order Date", "Name", "Address 1", "Address 2", "City", "State", "Postal Code", "Country",
	"Phone", "Email", "Weight (g)", "Weight (oz)", "Items", "Quantity", "Value", "Gift Note",
}

// LabelRow is one order that waits to be sent. What has left or was cancelled
// is in none of its numbers.
type LabelRow struct {
	Number   int64
	Date     time.Time // paid, in the shop's zone
	To       shop.OrderContact
	Grams    int64 // of all pieces, as the catalog has them
	Items    string
	Quantity int
	Value    shop.Cents // paid for the pieces, before tax
	GiftNote bool
}

// LabelWriter writes a file of orders for label programs, one row for each.
type LabelWriter struct{ csv *csv.Writer }

// NewLabelWriter writes the first line.
func NewLabelWriter(w io.Writer) (*LabelWriter, error) {
	l := &LabelWriter{csv.NewWriter(w)}
	return l, l.csv.Write(labelColumns)
}

// Write writes an order. Weight is in whole grams and in ounces to a tenth,
// rounded up; the date is 2026-11-22, the value 129.00, the gift note yes or
// no.
func (l *LabelWriter) Write(r LabelRow) error {
	name, gift := r.To.ShipName, "no"
	if name == "" {
		name = r.To.Name
	}
	if r.GiftNote {
		gift = "yes"
	}
	ounces := math.Ceil(float64(r.Grams)/28.349523125*10) / 10
	return l.csv.Write([]string{
		strconv.FormatInt(r.Number, 10), r.Date.Format(time.DateOnly),
		guard(name), guard(r.To.Line1), guard(r.To.Line2), guard(r.To.City), guard(r.To.State), guard(r.To.PostalCode), guard(r.To.Country),
		guard(r.To.Phone), guard(r.To.Email),
		strconv.FormatInt(r.Grams, 10), strconv.FormatFloat(ounces, 'f', 1, 64),
		guard(r.Items), strconv.Itoa(r.Quantity), r.Value.Decimal(), gift,
	})
}

// Flush hands everything on and returns the first error there was.
func (l *LabelWriter) Flush() error {
	l.csv.Flush()
	return l.csv.Error()
}
