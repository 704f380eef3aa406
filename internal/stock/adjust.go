package stock

import (
	"context"

	"longrun/internal/shop"
)

// Adjustment is a count of one size that staff set right. Either Delta says by
// how much, or NewCount says how many there are, of which Seen were shown: what
// has been sold in between stays sold.
type Adjustment struct {
	Variant  shop.VariantID
	Delta    *int64
	NewCount *int64
	Seen     int64
	Reason   shop.StockReason
	Note     string // as typed
	Key      string // of the form
}

// Adjust makes one movement, with its reason. Pieces that somebody is paying
// for stay: KindConflict says how many. Errors of the form name the fields
// change, reason and note.
func (s *Service) Adjust(ctx context.Context, who string, a Adjustment) error {
	delta, err := a.delta()
	if err != nil {
		return err
	}
	note, err := shop.ReasonNote(a.Reason, a.Note)
	if err != nil {
		return err
	}
	if _, err := s.line(ctx, a.Variant); err != nil {
		return err
	}
	_, err = s.do(ctx, change{
		who: who, action: "stock.adjust", kind: shop.CauseAdjustment, key: a.Key, step: shop.StepAdjusted, note: note,
		moves: []shift{{variant: a.Variant, delta: delta}},
	})
	return err
}

func (a Adjustment) delta() (int64, error) {
	switch {
	case a.Delta != nil && a.NewCount != nil:
		return 0, fieldError("change", "Write the change or the new count, not both.")
	case a.Delta == nil && a.NewCount == nil:
		return 0, fieldError("change", "Write the change, or the new count.")
	case a.NewCount != nil && !inRange(*a.NewCount, 0), a.NewCount != nil && !inRange(a.Seen, -shop.MaxPieces):
		return 0, fieldError("change", "Write a number from 0 to 100,000.")
	case a.NewCount != nil && *a.NewCount == a.Seen:
		return 0, fieldError("change", "That is what is on hand already.")
	case a.NewCount != nil:
		return *a.NewCount - a.Seen, nil
	case *a.Delta == 0 || !inRange(*a.Delta, -shop.MaxPieces):
		return 0, fieldError("change", "Write how many more or fewer, such as -1 or +5, up to 100,000.")
	}
	return *a.Delta, nil
}

func inRange(n, least int64) bool { return n >= least && n <= shop.MaxPieces }

func fieldError(field, message string) error {
	e := shop.Invalid("%s", message)
	e.Fields = map[string]string{field: message}
	return e
}
