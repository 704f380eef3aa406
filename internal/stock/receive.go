package stock

import (
	"context"

	"longrun/internal/shop"
)

// Delivery is what has come in.
type Delivery struct {
	Reference string // as typed: the number of its slip, "" for none
	Lines     []shop.TypedLine
	Key       string // of the form
}

// Received is a delivery that is on the shelf.
type Received struct {
	Lines    []Line
	AddedUp  bool // some lines named the same size
	Repeated bool // the same form had brought it in before
}

// Receive puts a delivery on the shelf. All lines are looked at before any is
// written, and a *shop.LinesError names each wrong one; up to 150 sizes are
// written at once, more of them one part after the other, which the same form
// sent again goes on with.
func (s *Service) Receive(ctx context.Context, who string, d Delivery) (Received, error) {
	reference, err := shop.CleanReference(d.Reference)
	if err != nil {
		return Received{}, err
	}
	lines, err := s.Look(ctx, d.Lines)
	if err != nil {
		return Received{}, err
	}
	if len(lines) == 0 {
		return Received{}, fieldError("lines", "Type, paste or scan at least one line.")
	}
	c := change{who: who, action: "stock.receive", kind: shop.CauseDelivery, key: d.Key, step: shop.StepReceived, note: reference}
	received := Received{Lines: lines}
	var faults []shop.LineFault
	for _, l := range lines {
		if l.Quantity < 1 {
			faults = append(faults, shop.LineFault{Line: l.Lines[0], Message: l.Name() + ": a delivery has at least one piece of it."})
		}
		received.AddedUp = received.AddedUp || len(l.Lines) > 1
		c.moves = append(c.moves, shift{l.VariantID, l.Quantity, l.Lines[0]})
	}
	if len(faults) > 0 {
		return Received{}, &shop.LinesError{Faults: faults, Kind: shop.KindInvalid}
	}
	done, err := s.do(ctx, c)
	received.Repeated = done.repeated
	return received, err
}
