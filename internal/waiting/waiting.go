// Package waiting tells people that a size is back, in the order in which they
// asked, at most once each.
//
// Such a mail invites a purchase, so it goes only to an address whose owner
// has said yes: the first mail asks, and nothing follows without a press of
// its button. A shop can so show for every mail that it was asked for, which
// is what the laws on unasked mail want of it, in the stricter countries as in
// the others; and whoever types somebody else's address causes one question,
// at most five a day, that the owner can end for good.
//
// What makes a size sellable again is not listened to: Tell looks at what is,
// so that no way for stock to rise can be forgotten. Nothing is held for
// anybody. As many are told as there are pairs; if they are still there after
// shop.WaitPause, the next are.
package waiting

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service keeps the lines. Its methods may be called at the same time.
type Service struct{ db *database.DB }

// New makes it.
func New(db *database.DB) *Service { return &Service{db} }

// Asked is the form of a product's page as it was sent.
type Asked struct {
	Variant shop.VariantID
	Email   string
	Trap    string // of a field that people are asked to leave empty
	Network string // whom shop.WaitLimit counts
}

// Ask takes an address down for a size that is sold out and mails it the
// question whether its owner has asked. It does the same, as far as anybody
// can see, for every address. Errors: KindInvalid with the field "email",
// KindNotFound for a size that is not shown, KindConflict for one that can be
// bought, KindTooMany.
func (s *Service) Ask(ctx context.Context, a Asked) error {
	email, err := shop.CleanEmail("email", a.Email)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := soldOut(ctx, tx, a.Variant); err != nil || a.Trap != "" {
			return err
		}
		address := shop.SameEmail(email)
		if err := allowed(ctx, tx, a.Network); err != nil {
			return err
		}
		unwanted, err := tx.WaitsUnwanted(ctx, address)
		if err != nil || unwanted {
			return err
		}
		wait, err := takeDown(ctx, tx, shop.StockWait{VariantID: a.Variant, Email: email, Address: address})
		if err != nil || wait.State != shop.WaitAsked {
			return err
		}
		return question(ctx, tx, wait)
	})
}

// soldOut refuses what cannot be waited for.
func soldOut(ctx context.Context, tx *database.Tx, id shop.VariantID) error {
	found, err := tx.VariantsByIDs(ctx, []shop.VariantID{id})
	if err != nil {
		return err
	}
	p, ok := found[id]
	switch {
	case !ok || !p.Visible(tx.Now()):
		return shop.NotFound("This shoe is not sold here any more.")
	case p.OnSale(tx.Now()) && p.Variants[0].Available():
		return shop.Conflict("%s can be bought now.", shop.TitleWithSize(&p, &p.Variants[0]))
	}
	return nil
}

// allowed counts the asking of everybody together, then of one visitor.
func allowed(ctx context.Context, tx *database.Tx, network string) error {
	for _, limit := range []struct {
		subject string
		limit   shop.AskLimit
	}{
		{shop.AskSubject("wait-all"), shop.WaitLimitAll}, {shop.AskSubject("wait", network), shop.WaitLimit},
	} {
		ok, err := tx.Ask(ctx, limit.subject, limit.limit)
		if err != nil {
			return err
		}
		if !ok {
			return shop.Errorf(shop.KindTooMany, "That was asked very often in the last hour. Please try again in an hour, or write to us.")
		}
	}
	return nil
}

// takeDown is the open wait of an address for a variant, made if there is none.
func takeDown(ctx context.Context, tx *database.Tx, w shop.StockWait) (shop.StockWait, error) {
	isNew, err := tx.AddWait(ctx, &w)
	if err != nil {
		return w, err
	}
	if !isNew {
		return tx.OpenWait(ctx, w.VariantID, w.Address)
	}
	_, err = tx.NewLink(ctx, shop.LinkWait, int64(w.ID), nil)
	return w, err
}

// question mails an address whether its owner has asked, within the limit of
// the mailbox.
func question(ctx context.Context, tx *database.Tx, w shop.StockWait) error {
	ok, err := tx.Ask(ctx, shop.AskSubject("wait-mail", w.Address), shop.WaitMailLimit)
	if err != nil || !ok {
		return err
	}
	round, err := tx.NextWaitRound(ctx, w.ID)
	if err != nil {
		return err
	}
	return tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailWaitConfirm, Key: fmt.Sprintf("wait-confirm:%d:%d", w.ID, round), Recipient: w.Email, ThingID: int64(w.ID),
	})
}

// Join puts who has pressed yes into the line, at the place of the asking. A
// wait that is in it or over stays as it is.
func (s *Service) Join(ctx context.Context, id shop.WaitID) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.JoinWait(ctx, id)
		return err
	})
}

// Leave takes a wait off; everywhere takes its address off every list. What is
// over stays as it is.
func (s *Service) Leave(ctx context.Context, id shop.WaitID, everywhere bool) error {
	return s.change(ctx, id, func(ctx context.Context, tx *database.Tx, w shop.StockWait) error {
		if everywhere {
			return tx.LeaveWaits(ctx, w.Address)
		}
		_, err := tx.LeaveWait(ctx, id)
		return err
	})
}

// Refuse notes that the owner of a wait's address has never asked: it is taken
// off every list, and nothing is sent to it for shop.WaitKeepUnwanted.
func (s *Service) Refuse(ctx context.Context, id shop.WaitID) error {
	return s.change(ctx, id, func(ctx context.Context, tx *database.Tx, w shop.StockWait) error {
		return tx.RefuseWaits(ctx, id, w.Address)
	})
}

// change does something about a wait that has an address.
func (s *Service) change(ctx context.Context, id shop.WaitID, do func(context.Context, *database.Tx, shop.StockWait) error) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		w, err := tx.Wait(ctx, id)
		if err != nil || w.Address == "" {
			return err
		}
		return do(ctx, tx, w)
	})
}
