package stock

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"longrun/internal/shop"
)

// Line is a size in a delivery or a count, found by what was typed for it.
type Line struct {
	shop.StockLine
	Quantity int64
	Lines    []int // of what was typed; several were added up
}

// MaxSizes is how many different sizes a delivery or a count may have.
const MaxSizes = 1_000

// Look finds the sizes that typed lines mean and adds up those that mean the
// same one. It returns a *shop.LinesError that names every line whose code
// nothing or more than one size has, or whose size is not counted.
func (s *Service) Look(ctx context.Context, typed []shop.TypedLine) ([]Line, error) {
	var codes []string
	for _, t := range typed {
		if !slices.Contains(codes, t.Code) {
			codes = append(codes, t.Code)
		}
		if len(codes) > MaxSizes {
			return nil, fieldError("lines", fmt.Sprintf("At most %d different sizes at once. Split the list.", MaxSizes))
		}
	}
	found, err := s.db.StockLinesByCodes(ctx, codes)
	if err != nil {
		return nil, err
	}
	at := map[shop.VariantID]int{}
	var lines []Line
	var faults []shop.LineFault
	for _, t := range typed {
		if why := notOne(t.Code, found[t.Code]); why != "" {
			faults = append(faults, shop.LineFault{Line: t.Line, Message: why})
			continue
		}
		l := found[t.Code][0]
		n, known := at[l.VariantID]
		if !known {
			n = len(lines)
			at[l.VariantID], lines = n, append(lines, Line{StockLine: l})
		}
		lines[n].Quantity += t.Quantity
		lines[n].Lines = append(lines[n].Lines, t.Line)
		if lines[n].Quantity > shop.MaxPieces {
			faults = append(faults, shop.LineFault{Line: t.Line, Message: fmt.Sprintf("More than 100,000 of %s.", l.Name())})
		}
	}
	if len(faults) > 0 {
		return nil, &shop.LinesError{Faults: faults, Kind: shop.KindInvalid}
	}
	return lines, nil
}

// notOne says why a code does not name one size that is counted.
func notOne(code string, found []shop.StockLine) string {
	switch {
	case len(found) == 0:
		return fmt.Sprintf("No size has the SKU or barcode %q.", code)
	case len(found) > 1:
		return fmt.Sprintf("%q is on %d sizes, such as %s and %s. Write the SKU of one.", code, len(found), found[0].Name(), found[1].Name())
	case !found[0].Tracked:
		return found[0].Name() + ": its stock is not counted."
	}
	return ""
}

// known are the sizes with these ids, or a refusal that names the lines
// without one.
func (s *Service) known(ctx context.Context, moves []shift) error {
	lines, err := s.db.StockLines(ctx, variantsOf(moves))
	if err != nil {
		return err
	}
	var faults []shop.LineFault
	for _, m := range moves {
		l, ok := lines[m.variant]
		switch {
		case !ok:
			faults = append(faults, shop.LineFault{Line: m.line, Message: "There is no such size."})
		case !l.Tracked:
			faults = append(faults, shop.LineFault{Line: m.line, Message: l.Name() + ": its stock is not counted."})
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.SortFunc(faults, func(a, b shop.LineFault) int { return cmp.Compare(a.Line, b.Line) })
	return &shop.LinesError{Faults: faults, Kind: shop.KindInvalid}
}
