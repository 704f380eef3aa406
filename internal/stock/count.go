package stock

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// Counted is what lay on the shelf of one size, and how many were on hand in
// the books when it was counted.
type Counted struct {
	Variant shop.VariantID
	Counted int64
	Seen    int64
}

// Counting is a count of some sizes.
type Counting struct {
	Lines []Counted
	Note  string // as typed, "" for none
	Key   string // of the form
}

// Count sets on hand to what was counted, all or nothing, by the difference
// to what was on hand when it was counted: a sale in between is not undone.
// A size that was right gets a movement of nothing, so that it is seen to have
// been counted. A *shop.LinesError numbers the lines as they stand in Lines.
func (s *Service) Count(ctx context.Context, who string, in Counting) error {
	note, err := shop.CleanReference(in.Note)
	if err != nil {
		return err
	}
	moves, err := in.moves()
	if err != nil {
		return err
	}
	if err := s.known(ctx, moves); err != nil {
		return err
	}
	_, err = s.do(ctx, change{
		who: who, action: "stock.count", kind: shop.CauseCount, key: in.Key, step: shop.StepCounted, note: note, moves: moves,
	})
	return err
}

func (in Counting) moves() ([]shift, error) {
	switch {
	case len(in.Lines) == 0:
		return nil, fieldError("lines", "Count at least one size.")
	case len(in.Lines) > batch:
		return nil, fieldError("lines", fmt.Sprintf("Count at most %d sizes at once.", batch))
	}
	var faults []shop.LineFault
	var moves []shift
	seen := map[shop.VariantID]bool{}
	for i, l := range in.Lines {
		switch {
		case seen[l.Variant]:
			faults = append(faults, shop.LineFault{Line: i + 1, Message: "This size is in the count twice."})
		case !inRange(l.Counted, 0) || !inRange(l.Seen, -shop.MaxPieces):
			faults = append(faults, shop.LineFault{Line: i + 1, Message: "Write a number from 0 to 100,000."})
		}
		seen[l.Variant] = true
		moves = append(moves, shift{l.Variant, l.Counted - l.Seen, i + 1})
	}
	if len(faults) > 0 {
		return nil, &shop.LinesError{Faults: faults, Kind: shop.KindInvalid}
	}
	return moves, nil
}

// MostCounted is how many sizes one count may have.
const MostCounted = batch
