package privacy

import (
	"context"
	"encoding/json"
	"io"

	"longrun/internal/shop"
)

// What the files other than orders.json say of a thing.
type (
	message struct {
		Name     string        `json:"name"`
		Email    string        `json:"email"`
		Order    string        `json:"order"`
		Body     string        `json:"message"`
		Sent     shop.Instant  `json:"sent"`
		Answered *shop.Instant `json:"answered"`
	}
	wait struct {
		Email  string         `json:"email"`
		As     string         `json:"compared_as"`
		Size   shop.VariantID `json:"variant"`
		State  shop.WaitState `json:"state"`
		Asked  shop.Instant   `json:"asked"`
		Joined *shop.Instant  `json:"joined"`
		Ended  *shop.Instant  `json:"ended"`
	}
	mailSent struct {
		Kind    shop.MailKind  `json:"kind"`
		Refused string         `json:"refused_because,omitempty"`
		To      string         `json:"to"`
		State   shop.MailState `json:"state"`
		Written shop.Instant   `json:"written"`
		Sent    *shop.Instant  `json:"sent"`
	}
	stripeEvent struct {
		ID       string          `json:"id"`
		Type     string          `json:"type"`
		Received shop.Instant    `json:"received"`
		Payload  json.RawMessage `json:"payload"`
	}
	request struct {
		Kind   shop.PrivacyKind  `json:"kind"`
		State  shop.PrivacyState `json:"state"`
		By     string            `json:"by"`
		Digest []byte            `json:"digest_of_address"`
		Why    string            `json:"waits_because,omitempty"`
		Erased json.RawMessage   `json:"erased"`
		Asked  shop.Instant      `json:"asked"`
		Ended  *shop.Instant     `json:"ended"`
	}
	bag struct {
		Note     string       `json:"note"`
		GiftNote string       `json:"gift_note"`
		ShipTo   string       `json:"ship_to"`
		Code     string       `json:"discount_code"`
		Told     string       `json:"told"`
		Made     shop.Instant `json:"made"`
		Changed  shop.Instant `json:"changed"`
		Lines    []bagLine    `json:"lines"`
		Words    []named      `json:"attributes"`
	}
	bagLine struct {
		Title    string         `json:"title"`
		Variant  shop.VariantID `json:"variant"`
		Quantity int            `json:"quantity"`
		Words    []named        `json:"properties"`
	}
	named struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

func (x *export) messages(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	for after := shop.MessageID(0); ; {
		some, err := x.MessagesOfPerson(ctx, x.email, after, page)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return l.end()
		}
		for _, m := range some {
			if err := l.add(message{m.Name, m.Email, m.OrderNumber, m.Body, m.CreatedAt, m.AnsweredAt}); err != nil {
				return err
			}
			after = m.ID
		}
	}
}

// mostWaits is how many waits of one address there may be told of.
const mostWaits = 1000

func (x *export) waits(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	all, err := x.WaitsOfPerson(ctx, x.email, mostWaits)
	for _, s := range all {
		if err == nil {
			err = l.add(wait{s.Email, s.Address, s.VariantID, s.State, s.AskedAt, s.JoinedAt, s.EndedAt})
		}
	}
	if err != nil {
		return err
	}
	return l.end()
}

func (x *export) mails(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	for after := shop.MailID(0); ; {
		some, err := x.MailsOfPerson(ctx, x.email, after, page)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return l.end()
		}
		for _, m := range some {
			if err := l.add(mailSent{m.Kind, m.Refusal, m.Recipient, m.State, m.CreatedAt, m.HandedAt}); err != nil {
				return err
			}
			after = m.ID
		}
	}
}

func (x *export) requests(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	all, err := x.PrivacyRequestsOf(ctx, x.email)
	for _, r := range all {
		if err == nil {
			err = l.add(request{r.Kind, r.State, r.Who, r.Digest, r.Why, json.RawMessage(r.Report), r.CreatedAt, r.EndedAt})
		}
	}
	if err != nil {
		return err
	}
	return l.end()
}

func (x *export) bags(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	bags, err := x.BagsOfPerson(ctx, x.email)
	for _, c := range bags {
		b := bag{Note: c.Note, GiftNote: c.GiftNote, ShipTo: c.ShipTo, Code: c.DiscountCode, Told: c.Notice, Made: c.CreatedAt, Changed: c.UpdatedAt}
		for _, line := range c.Lines {
			of := bagLine{Title: line.SeenTitle, Variant: line.VariantID, Quantity: line.Quantity}
			for _, p := range line.Properties {
				of.Words = append(of.Words, named{p.Name, p.Value})
			}
			b.Lines = append(b.Lines, of)
		}
		for _, a := range c.Attributes {
			b.Words = append(b.Words, named{a.Name, a.Value})
		}
		if err == nil {
			err = l.add(b)
		}
	}
	if err != nil {
		return err
	}
	return l.end()
}
