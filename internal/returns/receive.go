package returns

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// Receipt is what somebody found in a parcel that came back.
type Receipt struct {
	Return shop.ReturnID
	Pieces []Found
}

// Found is one piece that was expected.
type Found struct {
	Unit        shop.ReturnUnitID
	Missing     bool // it was not in the parcel
	Condition   shop.Condition
	Disposition shop.Disposition
	Note        string // at most MaxComment characters
}

// answerTime is how long the shop has to decide about what has arrived.
const answerTime = 2 * 24 * time.Hour

// Receive writes down what came back and does at once what was promised for
// it: the money is recorded to go back, the other size is sent, and the piece
// is put where it belongs. Pieces that are not named stay awaited; what was
// received before stays as it is, so pressing twice does it once. A piece that
// is not what was sent counts as missing.
//
// Errors: KindInvalid for pieces of another return and conditions that there
// are not, with the field "piece-ID"; KindConflict for a return that is over;
// shop.ErrUnknown: call again.
func (s *Returns) Receive(ctx context.Context, who string, r Receipt) (shop.Return, error) {
	if err := r.check(); err != nil {
		return shop.Return{}, err
	}
	var after shop.Return
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		run := receiving{tx: tx, who: who, receipt: r}
		err := run.run(ctx)
		after = run.back
		return err
	})
	return after, err
}

func (r *Receipt) check() error {
	if len(r.Pieces) == 0 {
		return shop.Invalid("Say what was in the parcel.")
	}
	for i := range r.Pieces {
		f := &r.Pieces[i]
		f.Note = strings.TrimSpace(f.Note)
		why := ""
		switch {
		case !utf8.ValidString(f.Note) || utf8.RuneCountInString(f.Note) > MaxComment:
			why = fmt.Sprintf("Write at most %d characters.", MaxComment)
		case f.Missing:
		case !shop.HasChoice(shop.Conditions(), string(f.Condition)):
			why = "Choose how it came back."
		case !shop.HasChoice(shop.Dispositions(), string(f.Disposition)) && f.Condition != shop.ConditionWrong:
			why = "Choose where it goes."
		}
		if why != "" {
			e := shop.Invalid("%s", why)
			e.Fields = map[string]string{fmt.Sprintf("piece-%d", f.Unit): why}
			return e
		}
	}
	return nil
}

// receiving is one run of Receive's transaction.
type receiving struct {
	tx      *database.Tx
	who     string
	receipt Receipt
	bought  bought
	back    shop.Return
	fresh   []*shop.ReturnUnit // received by this
}

func (r *receiving) run(ctx context.Context) error {
	if err := r.lock(ctx); err != nil {
		return err
	}
	if !r.back.State.Open() {
		if r.known() {
			return nil // it has happened
		}
		return shop.Conflict("Return R%d is %s. Ask for a new one in the customer's name.", r.back.Number, r.back.State)
	}
	for _, f := range r.receipt.Pieces {
		if err := r.find(ctx, f); err != nil {
			return err
		}
	}
	for _, step := range []func(context.Context) error{r.arrive, r.giveBack, r.shelve, r.exchange, r.settle} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// lock takes the locks of the return and its orders in the house's order, and
// reads both.
func (r *receiving) lock(ctx context.Context) error {
	back, err := r.tx.Return(ctx, r.receipt.Return)
	if err != nil {
		return err
	}
	if err := lockAll(ctx, r.tx, back.OrderID); err != nil {
		return err
	}
	if err := lockExchanges(ctx, r.tx, &back); err != nil {
		return err
	}
	if r.back, err = r.tx.LockReturn(ctx, back.ID); err != nil {
		return err
	}
	r.bought, err = read(ctx, r.tx, back.OrderID, r.tx.Now())
	return err
}

// lockExchanges locks the orders that wait for a return, by id.
func lockExchanges(ctx context.Context, tx *database.Tx, r *shop.Return) error {
	var ids []shop.OrderID
	for _, u := range r.Units {
		if u.ExchangeID != nil {
			ids = append(ids, *u.ExchangeID)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		if _, err := tx.LockOrder(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// known says whether all that was found has been received before.
func (r *receiving) known() bool {
	for _, f := range r.receipt.Pieces {
		at := r.at(f.Unit)
		if at < 0 || r.back.Units[at].Reception != shop.ReceptionReceived {
			return false
		}
	}
	return true
}

func (r *receiving) at(id shop.ReturnUnitID) int {
	return slices.IndexFunc(r.back.Units, func(u shop.ReturnUnit) bool { return u.ID == id })
}

// find notes what was found of a piece.
func (r *receiving) find(ctx context.Context, f Found) error {
	at := r.at(f.Unit)
	if at < 0 {
		return shop.Invalid("A piece that was named is not of return R%d.", r.back.Number)
	}
	u := &r.back.Units[at]
	from := u.Reception
	if from == shop.ReceptionReceived {
		return nil
	}
	u.Note = f.Note
	if f.Missing || f.Condition == shop.ConditionWrong {
		if from == shop.ReceptionMissing {
			return nil
		}
		u.Reception, u.Condition = shop.ReceptionMissing, f.Condition
		return r.tx.ReceiveUnit(ctx, u, from)
	}
	now := r.tx.Now()
	u.Reception, u.ReceivedAt, u.Condition, u.Disposition, u.EndedAt = shop.ReceptionReceived, &now, f.Condition, f.Disposition, &now
	r.fresh = append(r.fresh, u)
	return nil
}

// arrive moves the return: something of it is here.
func (r *receiving) arrive(ctx context.Context) error {
	if r.back.State == shop.ReturnArrived {
		return nil
	}
	now := r.tx.Now()
	due := now.Add(answerTime)
	r.back.ArrivedAt, r.back.AnswerDueAt = &now, &due
	return r.tx.MoveReturn(ctx, &r.back, shop.ReturnArrived, "a parcel came", r.who)
}

// giveBack records the money of the pieces that came for a refund, in one sum.
func (r *receiving) giveBack(ctx context.Context) error {
	var pieces []*shop.ReturnUnit
	var origins []shop.UnitID
	shipping := false
	for _, u := range r.fresh {
		if u.Outcome == shop.OutcomeRefund {
			pieces, origins = append(pieces, u), append(origins, r.bought.origin(u.UnitID))
			shipping = shipping || u.Reason.ShopsFault()
		}
	}
	if len(pieces) == 0 {
		return nil
	}
	plan, err := shop.PlanReturn(&r.bought.root, r.bought.given, origins, shipping)
	if err != nil || len(plan.Units) == 0 && plan.Amount() == 0 {
		return err
	}
	key := fmt.Sprintf("return-%d-%d", r.back.ID, pieces[0].ID)
	refund, err := orders.RecordReturned(ctx, r.tx, &r.bought.root, plan, key, r.who)
	if err != nil || refund == nil {
		return err
	}
	for _, u := range pieces {
		u.RefundID = &refund.ID
	}
	return nil
}

// shelve puts the pieces where they belong, in the order of their variants.
func (r *receiving) shelve(ctx context.Context) error {
	sorted := slices.Clone(r.fresh)
	slices.SortFunc(sorted, func(a, b *shop.ReturnUnit) int {
		return cmp.Compare(r.line(a).VariantID, r.line(b).VariantID)
	})
	var changed []shop.VariantID
	for _, u := range sorted {
		line := r.line(u)
		if u.Disposition.Place() == "" || !line.Tracked {
			continue
		}
		err := r.tx.TakeBackStock(ctx, shop.StockMovement{
			VariantID: line.VariantID, Place: u.Disposition.Place(), Delta: 1, CauseKind: shop.CauseReturn,
			CauseID: fmt.Sprint(u.ID), Step: "came back", Who: r.who, Note: fmt.Sprintf("R%d", r.back.Number),
		})
		if err != nil {
			return err
		}
		changed = append(changed, line.VariantID)
	}
	return r.tx.StockChanged(ctx, changed)
}

func (r *receiving) line(u *shop.ReturnUnit) *shop.OrderLine {
	line, _ := r.bought.find(u.UnitID)
	return line
}

// exchange has the other sizes sent whose pieces are here.
func (r *receiving) exchange(ctx context.Context) error {
	for _, u := range r.fresh {
		if u.Outcome != shop.OutcomeExchange {
			continue
		}
		if err := orders.PayExchange(ctx, r.tx, &r.bought.root, *u.ExchangeID); err != nil {
			return err
		}
	}
	return nil
}

// settle writes what was received, and closes the return when nothing of it
// is open.
func (r *receiving) settle(ctx context.Context) error {
	from := map[shop.ReturnUnitID]shop.Reception{}
	stored, err := r.tx.Return(ctx, r.back.ID)
	if err != nil {
		return err
	}
	for _, u := range stored.Units {
		from[u.ID] = u.Reception
	}
	for _, u := range r.fresh {
		if err := r.tx.ReceiveUnit(ctx, u, from[u.ID]); err != nil {
			return err
		}
	}
	audit(r.tx, r.who, "return.receive", &r.back, map[string]any{"pieces": r.receipt.Pieces})
	if slices.ContainsFunc(r.back.Units, func(u shop.ReturnUnit) bool { return u.EndedAt == nil }) {
		return nil
	}
	return closeReturn(ctx, r.tx, &r.back, r.who)
}

func closeReturn(ctx context.Context, tx *database.Tx, r *shop.Return, who string) error {
	now := tx.Now()
	r.ClosedAt, r.AnswerDueAt = &now, nil
	return tx.MoveReturn(ctx, r, shop.ReturnClosed, "all of it is settled", who)
}
