package fulfilment

import (
	"context"
	"io"

	"longrun/internal/shop"
)

// TrackingReport is what an import of tracking numbers came to.
type TrackingReport struct {
	Rows    int // with something in them
	Shipped int // parcels made
	Known   int // rows that were imported before
	Errors  []TrackingError
}

// TrackingError is a row that was left out, and why.
type TrackingError struct {
	Line    int // in the file, from 1
	Order   string
	Message string
}

func (s *Service) ToShipCSV(ctx context.Context, w io.Writer) error { return shop.NotFound("not yet") }
func (s *Service) ImportTracking(ctx context.Context, who string, r io.Reader) (TrackingReport, error) {
	return TrackingReport{}, shop.NotFound("not yet")
}
