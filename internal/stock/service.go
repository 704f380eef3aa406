package stock

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service changes stock as staff want it: what they adjust, receive, count
// and sell over the counter. Its methods may be called at the same time and
// open transactions of their own.
type Service struct{ db *database.DB }

// New makes it.
func New(db *database.DB) *Service { return &Service{db} }

// batch is how many sizes one transaction moves, so that nobody who is paying
// waits long for it.
const batch = 150

// change is what staff want moved, each size at most once.
type change struct {
	who, action string // for the audit log
	kind, key   string // the cause
	step, note  string
	moves       []shift
}

// shift is a size and by how much its count changes.
type shift struct {
	variant shop.VariantID
	delta   int64
	line    int // of what was typed, 0 for none
}

// outcome is what a change has come to.
type outcome struct {
	made     []shop.StockMovement
	repeated bool // everything had been done before, by the same form
}

var errOtherForm = shop.Conflict("This form was sent before, with something else in it. What is there now stands below; send it again if it is still right.")

// do makes a change, once for its key however often it is asked for. The sizes
// are moved in the order of their ids, as checkouts lock them.
func (s *Service) do(ctx context.Context, c change) (outcome, error) {
	if !shop.IsFormKey(c.key) {
		return outcome{}, shop.Invalid("The form is not whole. Open the page again.")
	}
	slices.SortFunc(c.moves, func(a, b shift) int { return cmp.Compare(a.variant, b.variant) })
	all := outcome{repeated: true}
	for part := range slices.Chunk(c.moves, batch) {
		made, err := s.part(ctx, c, part)
		if err != nil {
			return all, err
		}
		all.made = append(all.made, made.made...)
		all.repeated = all.repeated && made.repeated
	}
	return all, nil
}

// part makes some moves of a change in one transaction. A second press at the
// same moment loses against the unique movement and then finds it made.
func (s *Service) part(ctx context.Context, c change, moves []shift) (done outcome, err error) {
	for range 3 {
		err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			done, err = c.make(ctx, tx, moves)
			return err
		})
		if !errors.Is(err, shop.ErrExists) && !errors.Is(err, shop.ErrUnknown) {
			return done, err
		}
	}
	return done, err
}

func (c change) make(ctx context.Context, tx *database.Tx, moves []shift) (outcome, error) {
	todo, done, err := c.left(ctx, tx, moves)
	if err != nil || len(todo) == 0 {
		return outcome{done, true}, err
	}
	var refused []shift
	var ids []shop.VariantID
	there, err := tx.KeepVariants(ctx, variantsOf(todo))
	if err != nil {
		return outcome{}, err
	}
	for _, m := range todo {
		if !there[m.variant] {
			refused = append(refused, m)
			continue
		}
		row := shop.StockMovement{VariantID: m.variant, Delta: m.delta, CauseKind: c.kind, CauseID: c.key, Step: c.step, Who: c.who, Note: c.note}
		after, ok, err := tx.MoveStock(ctx, &row)
		if err != nil {
			return outcome{}, fmt.Errorf("moving variant %d by %d: %w", m.variant, m.delta, err)
		}
		if !ok {
			refused = append(refused, m)
			continue
		}
		c.audit(tx, row, after)
		done, ids = append(done, row), append(ids, m.variant)
	}
	if len(refused) > 0 {
		return outcome{}, refusal(ctx, tx, refused)
	}
	return outcome{done, false}, tx.StockChanged(ctx, ids)
}

// left parts moves into those still to be made and those that this form has
// made before. A form that comes again with something else in it is
// KindConflict.
func (c change) left(ctx context.Context, tx *database.Tx, moves []shift) (todo []shift, done []shop.StockMovement, err error) {
	made, err := tx.MovementsOf(ctx, c.kind, c.key)
	if err != nil {
		return nil, nil, fmt.Errorf("looking for what the form has done: %w", err)
	}
	before := map[shop.VariantID]shop.StockMovement{}
	for _, m := range made {
		if m.Step == c.step {
			before[m.VariantID] = m
		}
	}
	for _, m := range moves {
		was, ok := before[m.variant]
		switch {
		case !ok:
			todo = append(todo, m)
		case was.Delta != m.delta || was.Note != c.note || was.Who != c.who:
			return nil, nil, errOtherForm
		default:
			done = append(done, was)
		}
	}
	return todo, done, nil
}

func (c change) audit(tx *database.Tx, m shop.StockMovement, after shop.StockLevel) {
	details, err := json.Marshal(struct {
		Before int64  `json:"before"`
		After  int64  `json:"after"`
		Note   string `json:"note,omitempty"`
	}{after.OnHand - m.Delta, after.OnHand, c.note})
	if err != nil {
		panic(fmt.Sprintf("stock: details of %s: %v", c.action, err)) // numbers and a text
	}
	tx.Audit(shop.AuditEntry{Who: c.who, Action: c.action, ThingKind: "variant", ThingID: fmt.Sprint(m.VariantID), Details: string(details)})
}

// refusal names every size that could not be moved and why. Those without a
// line of their own are told in one sentence each.
func refusal(ctx context.Context, tx *database.Tx, refused []shift) error {
	lines, err := tx.StockLines(ctx, variantsOf(refused))
	if err != nil {
		return err
	}
	var faults []shop.LineFault
	for _, m := range refused {
		why := "There is no such size any more."
		if l, ok := lines[m.variant]; ok {
			why = l.HeldSentence(-m.delta)
		}
		if m.line == 0 {
			return shop.Conflict("%s", why)
		}
		faults = append(faults, shop.LineFault{Line: m.line, Message: why})
	}
	slices.SortFunc(faults, func(a, b shop.LineFault) int { return cmp.Compare(a.Line, b.Line) })
	return &shop.LinesError{Faults: faults, Kind: shop.KindConflict}
}

func variantsOf(moves []shift) []shop.VariantID {
	ids := make([]shop.VariantID, len(moves))
	for i, m := range moves {
		ids[i] = m.variant
	}
	return ids
}

// errUnknownSize says that nothing in the shop has an id.
var errUnknownSize = shop.NotFound("There is no such size.")

// line is a size that is counted, by id.
func (s *Service) line(ctx context.Context, id shop.VariantID) (shop.StockLine, error) {
	lines, err := s.db.StockLines(ctx, []shop.VariantID{id})
	if err != nil {
		return shop.StockLine{}, err
	}
	l, ok := lines[id]
	switch {
	case !ok:
		return l, errUnknownSize
	case !l.Tracked:
		return l, shop.Invalid("%s: its stock is not counted.", l.Name())
	}
	return l, nil
}
