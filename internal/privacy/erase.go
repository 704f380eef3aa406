package privacy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Why is what the audit log says of what an erasure took out of it.
const why = "What is held of a person was erased on request."

// Erase asks for the erasure of all that is held of an address. A job does
// it; what is not done yet, such as an order on its way, postpones it. The
// same key, or another while one of the address is under way, is the same
// erasure. Errors: KindInvalid with the field "email".
func (s *Service) Erase(ctx context.Context, who, typed, key string) (shop.PrivacyRequest, error) {
	email, err := shop.CleanEmail("email", typed)
	if err != nil {
		return shop.PrivacyRequest{}, err
	}
	var request shop.PrivacyRequest
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		request, err = s.askErase(ctx, tx, who, email, key)
		return err
	})
	return request, err
}

func (s *Service) askErase(ctx context.Context, tx *database.Tx, who, email, key string) (shop.PrivacyRequest, error) {
	under, err := tx.ErasureOf(ctx, email)
	if !shop.IsNotFound(err) {
		return under, err
	}
	request := shop.PrivacyRequest{Kind: shop.PrivacyErase, Key: keyOf("erase", key, email), State: shop.PrivacyOpen, Who: who}
	isNew, err := tx.AddPrivacyRequest(ctx, &request, email)
	if err != nil || !isNew {
		return request, err
	}
	if err := note(tx, who, "privacy.erase", request.ID, map[string]any{}); err != nil {
		return request, err
	}
	return request, enqueueErase(ctx, tx, request.ID, "asked")
}

// EraseByLink is Erase by who has the link to an address, which it uses up.
// Errors: as OfLink.
func (s *Service) EraseByLink(ctx context.Context, token string) error {
	email, link, err := OfLink(ctx, s.db.Reader, token)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		fresh, err := tx.UseLink(ctx, link.ID)
		if err != nil || !fresh {
			return err
		}
		_, err = s.askErase(ctx, tx, shop.ByShopper, email, token)
		return err
	})
}

func enqueueErase(ctx context.Context, tx *database.Tx, id shop.PrivacyID, when string) error {
	return tx.Enqueue(ctx, shop.Job{Kind: shop.JobErase, Key: fmt.Sprintf("erase:%d:%s", id, when), Payload: database.PayloadFor(int64(id))})
}

// Resume has postponed erasures try again. The clock calls it.
func (s *Service) Resume(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	for after := shop.PrivacyID(0); ; {
		list, err := s.db.PostponedErasures(ctx, after, 100)
		if err != nil || len(list) == 0 {
			return err
		}
		err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			for _, p := range list {
				if err := enqueueErase(ctx, tx, p.ID, now.Format("2006-01-02T15")); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		after = list[len(list)-1].ID
	}
}

// CarryOut is the job of kind shop.JobErase. It erases in short transactions,
// each of which also writes down how far it came, so that it may be cut off
// at any point and goes on where it was.
func (s *Service) CarryOut(ctx context.Context, id shop.PrivacyID) error {
	request, err := s.db.PrivacyRequest(ctx, id)
	if shop.IsNotFound(err) || err == nil && request.State == shop.PrivacyDone {
		return nil
	}
	if err != nil {
		return err
	}
	email, err := s.db.OpenAddress(request.Sealed)
	if err != nil {
		return fmt.Errorf("%w: erasure %d: %w", shop.ErrPermanent, id, err)
	}
	e := erasing{s, id, database.Person{Email: email, Who: request.Who, Why: why}}
	if err := e.run(ctx); err != nil {
		var refusal *shop.Error
		if errors.As(err, &refusal) && refusal.Kind == shop.KindConflict {
			return e.postpone(ctx, refusal.Message)
		}
		return err
	}
	if wiped, err := s.db.WipeFile(ctx, false); err != nil || !wiped {
		s.log.Info("what was erased may still stand in freed parts of the database file until it is written anew: longrun privacy wipe", "err", err)
	}
	return nil
}

// Wipe writes the database file anew, so that nothing of what was erased is
// left in its freed parts. Writers wait meanwhile.
func (s *Service) Wipe(ctx context.Context) error {
	wiped, err := s.db.WipeFile(ctx, true)
	if err == nil && !wiped {
		err = shop.Conflict("The file is written anew, but somebody is still reading what was before. Try again in a moment.")
	}
	return err
}

// erasing is one run of an erasure.
type erasing struct {
	*Service
	id     shop.PrivacyID
	person database.Person
}

func (e erasing) run(ctx context.Context) error {
	open, err := e.db.Unfinished(ctx, e.person.Email)
	if err != nil {
		return err
	}
	if all := reasons(open); len(all) > 0 {
		return shop.Conflict("%s", all[0])
	}
	for _, kind := range database.Erasings() {
		for {
			n, err := e.step(ctx, kind.Kind, func(ctx context.Context, tx *database.Tx) (int64, error) {
				return tx.Erase(ctx, kind, e.person)
			})
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	for _, place := range database.Mentions() {
		if err := e.mentions(ctx, place); err != nil {
			return fmt.Errorf("looking for the address in %s: %w", place.Kind, err)
		}
	}
	return e.end(ctx)
}

// looked is how many rows are searched for the address at once.
const looked = 500

func (e erasing) mentions(ctx context.Context, place database.Mention) error {
	for after := ""; ; {
		found, last, err := e.db.Mentioned(ctx, place, e.person.Email, after, looked)
		if err != nil || last == "" {
			return err
		}
		if len(found) > 0 {
			_, err := e.step(ctx, place.Kind, func(ctx context.Context, tx *database.Tx) (int64, error) {
				return tx.EraseMentions(ctx, place, found, e.person)
			})
			if err != nil {
				return err
			}
		}
		after = last
	}
}

// step does a little, adds it to the report, and says how much it was.
func (e erasing) step(ctx context.Context, kind string, do func(context.Context, *database.Tx) (int64, error)) (int64, error) {
	var n int64
	err := e.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		n = 0
		request, report, err := e.locked(ctx, tx)
		if err != nil || request.State == shop.PrivacyDone {
			return err
		}
		if n, err = do(ctx, tx); err != nil || n == 0 {
			return err
		}
		report[kind] += n
		return tx.MovePrivacyRequest(ctx, &request, shop.PrivacyOpen, "", report)
	})
	return n, err
}

func (e erasing) postpone(ctx context.Context, sentence string) error {
	return e.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		request, report, err := e.locked(ctx, tx)
		if err != nil || request.State == shop.PrivacyDone {
			return err
		}
		return tx.MovePrivacyRequest(ctx, &request, shop.PrivacyPostponed, sentence, report)
	})
}

func (e erasing) end(ctx context.Context) error {
	return e.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		request, report, err := e.locked(ctx, tx)
		if err != nil || request.State == shop.PrivacyDone {
			return err
		}
		return tx.MovePrivacyRequest(ctx, &request, shop.PrivacyDone, "", report)
	})
}

func (e erasing) locked(ctx context.Context, tx *database.Tx) (shop.PrivacyRequest, shop.ErasureReport, error) {
	request, err := tx.LockPrivacyRequest(ctx, e.id)
	report := shop.ErasureReport{}
	if err == nil {
		if err = json.Unmarshal([]byte(request.Report), &report); err != nil {
			err = fmt.Errorf("reading the report of erasure %d: %w", e.id, err)
		}
	}
	return request, report, err
}
