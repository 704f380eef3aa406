package stock

import (
	"context"
	"errors"
	"strings"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Sale is one piece sold over the counter.
type Sale struct {
	Code    string         // its SKU or barcode, as typed or scanned
	Variant shop.VariantID // which, where the code is on several sizes; 0 if not asked yet
	Key     string         // of the form
}

// Sold is what a sale came to. With Choices nothing was sold: the code is on
// several sizes, and staff must say which.
type Sold struct {
	Movement shop.StockMovement
	Repeated bool // the same form had sold it before
	Choices  []shop.StockLine
}

// SellInStore takes one piece out of the shop, by one movement. What somebody
// is paying for is not sold: KindConflict says so. Errors of the form name the
// field code.
func (s *Service) SellInStore(ctx context.Context, who string, sale Sale) (Sold, error) {
	size, choices, err := s.scanned(ctx, sale)
	if err != nil || len(choices) > 0 {
		return Sold{Choices: choices}, err
	}
	done, err := s.do(ctx, change{
		who: who, action: "stock.sell", kind: shop.CauseStore, key: sale.Key, step: shop.StepSold,
		moves: []shift{{variant: size.VariantID, delta: -1}},
	})
	if err != nil {
		return Sold{}, asField("code", err)
	}
	return Sold{Movement: done.made[0], Repeated: done.repeated}, nil
}

// scanned is the size a sale means, or those among which to choose.
func (s *Service) scanned(ctx context.Context, sale Sale) (shop.StockLine, []shop.StockLine, error) {
	code := strings.TrimSpace(sale.Code)
	if !shop.IsCode(code) {
		return shop.StockLine{}, nil, fieldError("code", "Scan or type one barcode or SKU.")
	}
	found, err := s.db.StockLinesByCodes(ctx, []string{code})
	if err != nil {
		return shop.StockLine{}, nil, err
	}
	fits := found[code]
	if sale.Variant != 0 {
		fits = nil
		for _, l := range found[code] {
			if l.VariantID == sale.Variant {
				fits = []shop.StockLine{l}
			}
		}
	}
	if len(fits) > 1 {
		return shop.StockLine{}, fits, nil
	}
	if why := notOne(code, fits); why != "" {
		return shop.StockLine{}, nil, fieldError("code", why)
	}
	return fits[0], nil, nil
}

// undoTime is how long a scan can be taken back by who made it. After that a
// piece comes back by an adjustment, with its reason.
const undoTime = time.Hour

// MayUndo says whether somebody may still take a movement back.
func MayUndo(m shop.StockMovement, who string, now shop.Instant) bool {
	return m.CauseKind == shop.CauseStore && m.Step == shop.StepSold && m.Who == who && now.Before(m.At.Add(undoTime))
}

// Undo takes one's own sale in store of the last hour back, once, by a
// movement of its own.
func (s *Service) Undo(ctx context.Context, who string, movement int64) (shop.StockMovement, error) {
	now, err := s.db.Now(ctx)
	if err != nil {
		return shop.StockMovement{}, err
	}
	sold, err := s.db.MovementByID(ctx, movement)
	if err != nil {
		return sold, err
	}
	if !MayUndo(sold, who, now) {
		return sold, shop.Conflict("Only your own sale in store of the last hour can be undone. Adjust the count instead.")
	}
	done, err := s.do(ctx, change{
		who: who, action: "stock.unsell", kind: shop.CauseStore, key: sold.CauseID, step: shop.StepUndone,
		moves: []shift{{variant: sold.VariantID, delta: 1}},
	})
	if err != nil {
		return sold, err
	}
	return done.made[0], nil
}

// Undone says whether a sale in store was taken back.
func Undone(ctx context.Context, r database.Reader, sold shop.StockMovement) (bool, error) {
	made, err := r.MovementsOf(ctx, sold.CauseKind, sold.CauseID)
	for _, m := range made {
		if m.VariantID == sold.VariantID && m.Step == shop.StepUndone {
			return true, err
		}
	}
	return false, err
}

// asField puts a refusal beside a field.
func asField(field string, err error) error {
	var e *shop.Error
	if !errors.As(err, &e) || e.Kind != shop.KindConflict {
		return err
	}
	named := *e
	named.Fields = map[string]string{field: e.Message}
	return &named
}
