package formats

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"longrun/internal/shop"
)

var ownOrderColumns = []string{
	"Number", "Placed", "Paid", "State", "Fulfilment", "Pieces", "Currency", "Subtotal", "Discount", "Shipping", "Tax", "Total",
	"Email", "Name", "Phone", "Ship To", "Address 1", "Address 2", "City", "State or Region", "Postal Code", "Country", "Note", "Gift Note",
}

// OwnOrdersWriter writes a person's orders for them to keep, one row for each.
type OwnOrdersWriter struct{ csv *csv.Writer }

// NewOwnOrdersWriter writes the first line.
func NewOwnOrdersWriter(w io.Writer) (*OwnOrdersWriter, error) {
	o := &OwnOrdersWriter{csv.NewWriter(w)}
	return o, o.csv.Write(ownOrderColumns)
}

// Write writes an order with its lines and its contact, if it has one. Dates
// are in the zone; the total is with tax.
func (w *OwnOrdersWriter) Write(o *shop.Order, zone *time.Location) error {
	number, paid, tax, pieces := "", "", "", 0
	if o.Number != nil {
		number = strconv.FormatInt(*o.Number, 10)
	}
	if o.PaidAt != nil {
		paid = o.PaidAt.In(zone).Format(time.DateOnly)
	}
	if o.Tax != nil {
		tax = o.Tax.Decimal()
	}
	for _, l := range o.Lines {
		pieces += l.Quantity
	}
	var c shop.OrderContact
	if o.Contact != nil {
		c = *o.Contact
	}
	row := []string{
		number, o.PlacedAt.In(zone).Format(time.DateOnly), paid, string(o.State), string(o.Fulfilment), strconv.Itoa(pieces), o.Currency,
		o.Subtotal.Decimal(), o.Discount.Decimal(), o.Shipping.Decimal(), tax, o.GrandTotal().Decimal(),
	}
	for _, text := range []string{c.Email, c.Name, c.Phone, c.ShipName, c.Line1, c.Line2, c.City, c.State, c.PostalCode, c.Country, o.Note, o.GiftNote} {
		row = append(row, guard(text))
	}
	return w.csv.Write(row)
}

// Flush hands everything on and returns the first error there was.
func (w *OwnOrdersWriter) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}
