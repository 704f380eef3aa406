package privacy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Form names the form that asks for a link in its keys.
const Form = "privacy"

// Asked is that form as it was sent.
type Asked struct {
	Email   string
	Key     string // of the form; the same form with the same address is one wish
	Network string // whom shop.PrivacyAskLimit counts
}

// Ask takes down that somebody would like to see what is held of an address.
// It never looks whether anything is, so that neither its answer nor its time
// tells: SendLink does, later. Errors: KindInvalid with the field "email",
// KindTooMany.
func (s *Service) Ask(ctx context.Context, a Asked) error {
	email, err := shop.CleanEmail("email", a.Email)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		allowed, err := tx.Ask(ctx, shop.AskSubject("privacy", a.Network), shop.PrivacyAskLimit)
		if err != nil {
			return err
		}
		if !allowed {
			return shop.Errorf(shop.KindTooMany, "That was asked many times from where you are. Please try again in an hour, or write to us.")
		}
		request := shop.PrivacyRequest{Kind: shop.PrivacyLink, Key: keyOf("link", a.Key, email), State: shop.PrivacyOpen, Who: shop.ByShopper}
		isNew, err := tx.AddPrivacyRequest(ctx, &request, email)
		if err != nil || !isNew {
			return err
		}
		return tx.Enqueue(ctx, shop.Job{Kind: shop.JobPrivacyLink, Key: request.Key, Payload: database.PayloadFor(int64(request.ID))})
	})
}

// keyOf names a wish by the form that was sent and what it is about.
func keyOf(parts ...string) string {
	for i := range parts {
		parts[i] = shop.SameEmail(parts[i])
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// SendLink is the job of kind shop.JobPrivacyLink: it mails the link to an
// address of which anything is held, within shop.PrivacyMailLimit. Of an
// address that is not known nothing is kept. Done twice it is one mail.
func (s *Service) SendLink(ctx context.Context, id shop.PrivacyID) error {
	request, err := s.db.PrivacyRequest(ctx, id)
	if shop.IsNotFound(err) || err == nil && request.State == shop.PrivacyDone {
		return nil
	}
	if err != nil {
		return err
	}
	email, err := s.db.OpenAddress(request.Sealed)
	if err != nil {
		return fmt.Errorf("%w: %w", shop.ErrPermanent, err)
	}
	file, err := Look(ctx, s.db.Reader, email)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		request, err := tx.LockPrivacyRequest(ctx, id)
		if err != nil || request.State == shop.PrivacyDone {
			return err
		}
		mail := shop.Mail{Kind: shop.MailPrivacyLink, Key: fmt.Sprintf("privacy-link:%d", id), Recipient: email, ThingID: int64(id)}
		if _, err := tx.MailByKey(ctx, mail.Key); !shop.IsNotFound(err) {
			return err
		}
		allowed := file.Held.Any() || file.Erasure != nil
		if allowed {
			subject := shop.AskSubject("privacy-mail", fmt.Sprintf("%x", request.Digest))
			if allowed, err = tx.Ask(ctx, subject, shop.PrivacyMailLimit); err != nil {
				return err
			}
		}
		if !allowed {
			return tx.MovePrivacyRequest(ctx, &request, shop.PrivacyDone, "", shop.ErasureReport{})
		}
		expires := tx.Now().Add(shop.PrivacyLinkLife)
		if _, err := tx.NewLink(ctx, shop.LinkPrivacy, int64(id), &expires); err != nil {
			return err
		}
		return tx.EnqueueMail(ctx, mail)
	})
}

// OfLink is the address that a link's token was mailed to. KindNotFound for a
// link that is not valid or has run out.
func OfLink(ctx context.Context, r database.Reader, token string) (string, shop.Link, error) {
	const over = "This link is not valid any more. It is good for a day; please ask for a new one."
	link, err := r.LinkByToken(ctx, shop.LinkPrivacy, token)
	if shop.IsNotFound(err) {
		return "", link, shop.NotFound(over)
	}
	if err != nil {
		return "", link, err
	}
	now, err := r.Now(ctx)
	if err != nil {
		return "", link, err
	}
	if link.UsedAt != nil || link.ExpiresAt == nil || !now.Before(*link.ExpiresAt) {
		return "", link, shop.NotFound(over)
	}
	request, err := r.PrivacyRequest(ctx, shop.PrivacyID(link.ThingID))
	if err != nil || request.State == shop.PrivacyDone {
		return "", link, orNotFound(err, over)
	}
	email, err := r.OpenAddress(request.Sealed)
	return email, link, err
}

func orNotFound(err error, message string) error {
	if err == nil || shop.IsNotFound(err) {
		return shop.NotFound("%s", message)
	}
	return err
}
