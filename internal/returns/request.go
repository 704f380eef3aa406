package returns

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// Asking is what somebody wants to send back.
type Asking struct {
	Order    shop.OrderID
	Wishes   []Wish
	Key      string // the form's; asking twice makes one return
	Override string // staff's reason to allow what a rule refuses; "" keeps to the rules
}

// Wish is one piece that is to come back.
type Wish struct {
	Unit    shop.UnitID
	Reason  shop.ReturnReason
	Comment string // at most MaxComment characters
	Outcome shop.ReturnOutcome
	Variant shop.VariantID // for an exchange
}

// MaxComment is how many characters a comment may have.
const MaxComment = 500

// sendTime is how long somebody has to send what they asked to return, and for
// how long the other size is held for them.
const sendTime = 21 * 24 * time.Hour

// Request asks for pieces of an order to come back. What they are exchanged
// for is held in the same transaction, or nothing happens. The same key gives
// the same return.
//
// Errors: KindInvalid for what can never be asked like this, with the field of
// the piece, "unit-ID"; KindConflict when a rule refuses a piece or what is asked for in
// exchange cannot be had; shop.ErrUnknown: call again with the same key.
func (s *Returns) Request(ctx context.Context, who string, a Asking) (shop.Return, error) {
	if err := a.check(); err != nil {
		return shop.Return{}, err
	}
	var made shop.Return
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		run := requesting{tx: tx, who: who, asked: a}
		var err error
		made, err = run.run(ctx)
		return err
	})
	return made, err
}

// check judges what needs no database.
func (a *Asking) check() error {
	switch {
	case !shop.IsFormKey(a.Key):
		return shop.Invalid("This form cannot be used any more. Please open the page again.")
	case len(a.Wishes) == 0:
		return shop.Invalid("Choose what you want to send back.")
	}
	seen := map[shop.UnitID]bool{}
	for i := range a.Wishes {
		w := &a.Wishes[i]
		w.Comment = strings.TrimSpace(w.Comment)
		if seen[w.Unit] {
			return refuse(w.Unit, "This piece is chosen twice.")
		}
		seen[w.Unit] = true
		if why := w.fault(); why != "" {
			return refuse(w.Unit, why)
		}
	}
	return nil
}

func (w *Wish) fault() string {
	switch {
	case !w.Reason.Known():
		return "Choose why it comes back."
	case !utf8.ValidString(w.Comment) || utf8.RuneCountInString(w.Comment) > MaxComment:
		return fmt.Sprintf("Write at most %d characters.", MaxComment)
	case w.Reason == shop.ReasonOtherwise && w.Comment == "":
		return "Write in a few words why it comes back."
	case w.Outcome != shop.OutcomeRefund && w.Outcome != shop.OutcomeExchange:
		return "Choose a refund or an exchange."
	case w.Outcome == shop.OutcomeExchange && w.Variant == 0:
		return "Choose the other size."
	}
	return ""
}

// refuse is a refusal of one piece.
func refuse(unit shop.UnitID, why string) error {
	e := shop.Invalid("%s", why)
	e.Fields = map[string]string{fmt.Sprintf("unit-%d", unit): why}
	return e
}

// requesting is one run of Request's transaction.
type requesting struct {
	tx     *database.Tx
	who    string
	asked  Asking
	bought bought
	made   shop.Return
}

func (r *requesting) run(ctx context.Context) (shop.Return, error) {
	if err := lockAll(ctx, r.tx, r.asked.Order); err != nil {
		return r.made, err
	}
	made, err := r.tx.ReturnByKey(ctx, r.asked.Key)
	if err == nil && made.OrderID != r.asked.Order {
		return made, shop.Conflict("This form was used for another order. Please open the page again.")
	}
	if err == nil || !shop.IsNotFound(err) {
		return made, err // it has happened
	}
	if r.bought, err = read(ctx, r.tx, r.asked.Order, r.tx.Now()); err != nil {
		return r.made, err
	}
	r.made = shop.Return{
		OrderID: r.asked.Order, Key: r.asked.Key, Channel: shop.ReturnByShopper, Override: r.asked.Override,
		DeadlineAt: r.tx.Now().Add(sendTime),
	}
	if r.staff() {
		r.made.Channel = shop.ReturnByStaff
	}
	for _, step := range []func(context.Context) error{r.judge, r.hold, r.write} {
		if err := step(ctx); err != nil {
			return r.made, err
		}
	}
	return r.made, nil
}

func (r *requesting) staff() bool { return r.who != shop.ByShopper }

// judge lets the rules look at every piece.
func (r *requesting) judge(context.Context) error {
	for _, w := range r.asked.Wishes {
		line, unit := r.bought.find(w.Unit)
		if line == nil {
			return refuse(w.Unit, "A piece that was chosen is not of this order.")
		}
		f := r.bought.facts(line, unit)
		if rule := shop.ReturnRefusal(f, r.staff() && r.asked.Override != ""); rule != nil {
			why := line.FullTitle() + ": " + rule.Sentence(f)
			e := shop.Conflict("%s", why)
			e.Fields = map[string]string{fmt.Sprintf("unit-%d", w.Unit): why}
			return e
		}
	}
	return nil
}

// hold places the orders by which other sizes will be sent, in the order of
// what they hold.
func (r *requesting) hold(ctx context.Context) error {
	wishes := slices.Clone(r.asked.Wishes)
	slices.SortStableFunc(wishes, func(a, b Wish) int { return cmp.Compare(a.Variant, b.Variant) })
	for _, w := range wishes {
		unit := shop.ReturnUnit{UnitID: w.Unit, Reason: w.Reason, Comment: w.Comment, Outcome: w.Outcome}
		if w.Outcome == shop.OutcomeExchange {
			line, err := r.other(ctx, w)
			if err != nil {
				return err
			}
			order, err := orders.PlaceExchange(ctx, r.tx, &r.bought.root, r.bought.origin(w.Unit), line)
			if err != nil {
				return err
			}
			unit.VariantID, unit.ExchangeID = &w.Variant, &order.ID
		}
		r.made.Units = append(r.made.Units, unit)
	}
	return nil
}

// other is the line of what a piece is exchanged for: another size of the same
// shoe, as the shop sells it now.
func (r *requesting) other(ctx context.Context, w Wish) (shop.OrderLine, error) {
	line, _ := r.bought.find(w.Unit)
	found, err := r.tx.VariantsByIDs(ctx, []shop.VariantID{w.Variant})
	if err != nil {
		return *line, err
	}
	product, ok := found[w.Variant]
	switch {
	case !ok || product.ID != line.ProductID:
		return *line, refuse(w.Unit, "It can be exchanged for another size of the same shoe.")
	case w.Variant == line.VariantID:
		return *line, refuse(w.Unit, "That is the size you have. Choose another one.")
	}
	v := &product.Variants[0]
	return shop.OrderLine{
		ProductID: product.ID, VariantID: v.ID, Handle: product.Handle, Title: product.Title, VariantTitle: v.PublicTitle(),
		Vendor: product.Vendor, SKU: v.SKU, Ships: v.RequiresShipping, Taxable: v.Taxable, TaxCode: v.TaxCode,
		Tracked: v.Tracked, PictureID: line.PictureID,
	}, nil
}

func (r *requesting) write(ctx context.Context) error {
	if err := r.tx.InsertReturn(ctx, &r.made, r.who); err != nil {
		return fmt.Errorf("writing a return of order %d: %w", r.made.OrderID, err)
	}
	if r.staff() {
		audit(r.tx, r.who, "return.request", &r.made, map[string]any{"units": r.made.Units, "override": r.made.Override})
	}
	return nil
}

func audit(tx *database.Tx, who, action string, r *shop.Return, details map[string]any) {
	details["return"] = r.Number
	text, _ := json.Marshal(details)
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "order", ThingID: fmt.Sprint(r.OrderID), Details: string(text)})
}
