// Package stock keeps pieces for those who are paying, sells them, and lets
// them go again. It never counts in memory: the conditional update decides,
// variant by variant in the order of their ids, after the row that names the
// change has been written.
//
// Everything here happens inside the caller's transaction. When a function
// returns an error the transaction must not be committed.
package stock

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Cause is what stock is kept or moved for: an order, an exchange, a prize.
type Cause struct {
	Kind string
	ID   int64
}

// ForOrder is an order as a cause.
func ForOrder(id shop.OrderID) Cause { return Cause{"order", int64(id)} }

// Want is how many of a variant are asked for.
type Want struct {
	Variant  shop.VariantID
	Title    string // names the thing and its size to the shopper
	Quantity int64
	Beyond   bool // may go below nothing left (policy continue)
}

// Wants adds up lines of an order by variant, in the order of their ids.
// Lines whose stock is not counted are left out. beyond says which variants
// may be sold out of nothing.
func Wants(lines []shop.OrderLine, beyond map[shop.VariantID]bool) []Want {
	var wants []Want
	for i := range lines {
		l := &lines[i]
		if !l.Tracked {
			continue
		}
		at := slices.IndexFunc(wants, func(w Want) bool { return w.Variant == l.VariantID })
		if at < 0 {
			at = len(wants)
			wants = append(wants, Want{
				Variant: l.VariantID, Title: l.TitleWithSize(), Beyond: beyond[l.VariantID],
			})
		}
		wants[at].Quantity += int64(l.Quantity)
	}
	slices.SortFunc(wants, func(a, b Want) int { return int(a.Variant - b.Variant) })
	return wants
}

// Hold keeps all that is wanted, or returns a KindConflict error that names
// everything that could not be had and why.
func Hold(ctx context.Context, tx *database.Tx, cause Cause, wants []Want) error {
	var short []string
	for _, w := range wants {
		hold := shop.StockHold{VariantID: w.Variant, Quantity: w.Quantity, CauseKind: cause.Kind, CauseID: cause.ID}
		if err := tx.InsertHold(ctx, &hold); err != nil {
			return fmt.Errorf("naming a hold: %w", err)
		}
		ok, err := tx.HoldStock(ctx, w.Variant, w.Quantity, w.Beyond)
		if err != nil {
			return fmt.Errorf("holding stock: %w", err)
		}
		if !ok {
			short = append(short, sentence(ctx, tx, w))
		}
	}
	if len(short) > 0 {
		return shop.Conflict("%s", strings.Join(short, " "))
	}
	return tx.StockChanged(ctx, ids(wants))
}

// sentence tells why a want could not be had, from the counts as they are.
func sentence(ctx context.Context, tx *database.Tx, w Want) string {
	levels, err := tx.StockLevels(ctx, []shop.VariantID{w.Variant})
	if err != nil {
		return w.Title + " cannot be had just now."
	}
	return shop.ShortSentence(w.Title, levels[w.Variant], w.Quantity)
}

func ids(wants []Want) []shop.VariantID {
	all := make([]shop.VariantID, len(wants))
	for i, w := range wants {
		all[i] = w.Variant
	}
	return all
}
