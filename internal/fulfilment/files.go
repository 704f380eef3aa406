package fulfilment

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

// toShipAtOnce is how many orders are read at a time.
const toShipAtOnce = 200

// ToShipCSV writes all orders that can be sent now, oldest first, as a file
// for label programs (formats.LabelWriter). It holds a page of them at a time.
func (s *Service) ToShipCSV(ctx context.Context, w io.Writer) error {
	settings, err := s.db.Settings(ctx)
	if err != nil {
		return err
	}
	file, err := formats.NewLabelWriter(w)
	if err != nil {
		return err
	}
	last := shop.Order{}
	for {
		orders, err := s.db.OrdersToShip(ctx, last, toShipAtOnce)
		if err != nil {
			return err
		}
		grams, err := s.weights(ctx, orders)
		if err != nil {
			return err
		}
		for i := range orders {
			row := labelRow(&orders[i], grams)
			row.Date = orders[i].PaidAt.In(settings.Location())
			if err := file.Write(row); err != nil {
				return err
			}
		}
		if err := file.Flush(); err != nil || len(orders) < toShipAtOnce {
			return err
		}
		last = orders[len(orders)-1]
	}
}

func (s *Service) weights(ctx context.Context, orders []shop.Order) (map[shop.VariantID]int64, error) {
	var ids []shop.VariantID
	for _, o := range orders {
		for _, l := range o.Lines {
			ids = append(ids, l.VariantID)
		}
	}
	return s.db.VariantGrams(ctx, ids)
}

// labelRow sums up what waits of an order.
func labelRow(o *shop.Order, grams map[shop.VariantID]int64) formats.LabelRow {
	row := formats.LabelRow{Number: *o.Number, GiftNote: o.GiftNote != ""}
	if o.Contact != nil {
		row.To = *o.Contact
	}
	var items []string
	for i := range o.Lines {
		l := &o.Lines[i]
		waiting := l.Waiting()
		if len(waiting) == 0 {
			continue
		}
		item := fmt.Sprintf("%d × %s", len(waiting), l.FullTitle())
		if l.SKU != "" {
			item += " (" + l.SKU + ")"
		}
		items = append(items, item)
		row.Quantity += len(waiting)
		row.Grams += grams[l.VariantID] * int64(len(waiting))
		for _, u := range waiting {
			row.Value += u.PaidNet
		}
	}
	row.Items = strings.Join(items, "; ")
	return row
}

// TrackingReport is what an import of tracking numbers came to.
type TrackingReport struct {
	Rows    int // with something in them
	Shipped int // parcels made
	Known   int // rows that were imported before
	Errors  []TrackingError
}

// TrackingError is a row that was left out, and why.
type TrackingError struct {
	Line    int    // in the file, from 1
	Order   string // as it stands there
	Message string
}

// ImportTracking reads a file of tracking numbers (formats.ReadTracking) and
// sends all that waits of each order it names, in one transaction and with one
// mail for each row. Rows that cannot be used are named in the report and keep
// no other from being used. What a row has made it makes once: the same file
// again changes nothing, so an import that was cut off is repeated. Errors:
// KindInvalid for a file that cannot be read; any other ends the import where
// it is.
func (s *Service) ImportTracking(ctx context.Context, who string, r io.Reader) (TrackingReport, error) {
	var report TrackingReport
	rows, err := formats.ReadTracking(r)
	if err != nil {
		return report, err
	}
	report.Rows = len(rows)
	seen := map[string]int{} // what a row asks for, to its line
	for _, row := range rows {
		isNew, err := s.importRow(ctx, who, row, seen)
		switch {
		case err == nil && isNew:
			report.Shipped++
		case err == nil:
			report.Known++
		case ofRow(err):
			report.Errors = append(report.Errors, TrackingError{row.Line, row.Order, shop.MessageOf(err)})
		default:
			return report, fmt.Errorf("line %d: %w", row.Line, err)
		}
	}
	return report, nil
}

// ofRow says whether an error is about a row and not about the shop.
func ofRow(err error) bool {
	kind := shop.KindOf(err)
	return kind == shop.KindInvalid || kind == shop.KindNotFound || kind == shop.KindConflict
}

// exponent is what spreadsheets make of a long number.
var exponent = regexp.MustCompile(`^[0-9]([.,][0-9]+)?[eE]\+[0-9]+$`)

func (s *Service) importRow(ctx context.Context, who string, row formats.TrackingRow, seen map[string]int) (bool, error) {
	number, err := strconv.ParseInt(strings.TrimSpace(strings.TrimPrefix(row.Order, "#")), 10, 53)
	switch {
	case err != nil || number < 1:
		return false, shop.Invalid("%q is not an order number.", row.Order)
	case row.Tracking == "":
		return false, shop.Invalid("There is no tracking number.")
	case exponent.MatchString(row.Tracking):
		return false, shop.Invalid("A spreadsheet has shortened the tracking number to %s. Export the file again.", row.Tracking)
	}
	tracking := strings.Join(strings.Fields(row.Tracking), " ")
	asked := fmt.Sprintf("%d:%s", number, strings.ToUpper(tracking))
	if line := seen[asked]; line > 0 {
		return false, shop.Invalid("The same row stands in line %d.", line)
	}
	seen[asked] = row.Line
	order, err := s.db.OrderByNumber(ctx, number)
	if shop.IsNotFound(err) {
		return false, shop.NotFound("There is no order #%d.", number)
	}
	if err != nil {
		return false, err
	}
	carrier := row.Carrier // may be only the carrier's name for a service
	if _, known := shop.CarrierNamed(carrier); !known {
		if guess, ok := shop.GuessCarrier(tracking); ok {
			carrier = guess.Name
		}
	}
	_, isNew, err := s.ship(ctx, who, Shipment{Order: order.ID, Carrier: carrier, Tracking: tracking, Tell: true},
		fmt.Sprintf("tracking:%d:%s", order.ID, strings.ToUpper(tracking)))
	return isNew, err
}
