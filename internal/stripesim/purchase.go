package stripesim

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"
)

// purchase presses Pay for a buyer.
func (s *Sim) purchase(ctx context.Context, id string, w shopper, c *card) (*payment, error) {
	return s.paying(ctx, func(l *ledger) (*payment, error) { return l.pay(id, w, c) })
}

// confirm ends a 3-D Secure check, passed or failed.
func (s *Sim) confirm(ctx context.Context, id string, passed bool) (*payment, error) {
	return s.paying(ctx, func(l *ledger) (*payment, error) { return l.authenticate(id, passed) })
}

// paying does one step of a payment and notes the events it caused.
func (s *Sim) paying(ctx context.Context, step func(*ledger) (*payment, error)) (out *payment, err error) {
	err = s.change(ctx, eventRequest{}, func(l *ledger) error {
		if out, err = step(l); err == nil {
			out.Events = l.emitted
		}
		return err
	})
	return out, err
}

// openBasket reads a session with its items and rates.
func (s *Sim) openBasket(ctx context.Context, id string) (b *basket, err error) {
	err = s.look(ctx, func(l *ledger) error {
		if b, err = l.basket(id); err != nil {
			return err
		}
		return l.begin(b)
	})
	return b, err
}

// errRefusedForm says that a buyer made up by a script does not pass the page's own checks.
var errRefusedForm = errors.New("stripesim: the buyer's form is refused")

// payAsScript pays a session with the values given and plausible ones for the rest; a 3-D Secure check is passed
// unless the form says authenticate=fail.
func (s *Sim) payAsScript(ctx context.Context, id string, given url.Values) (*payment, map[string]string, error) {
	b, err := s.openBasket(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	f := scriptForm(b, given, s.Now())
	w, c, faults := f.check(b, s.Now())
	if len(faults) > 0 {
		return nil, faults, errRefusedForm
	}
	out, err := s.purchase(ctx, id, w, c)
	if err == nil && out.State == "authenticate" {
		out, err = s.confirm(ctx, id, given.Get("authenticate") != "fail")
	}
	return out, nil, err
}

// scriptForm fills the hosted page's form from what a script gives.
func scriptForm(b *basket, given url.Values, now time.Time) form {
	pick := func(name, otherwise string) string {
		if v := given.Get(name); v != "" {
			return v
		}
		return otherwise
	}
	email := "buyer@example.com"
	if b.CustomerEmail != nil {
		email = *b.CustomerEmail
	}
	return form{
		shopper: shopper{
			Email: pick("email", email), Name: pick("name", "Test Buyer"), Line1: pick("line1", "1 Test Street"),
			Line2: given.Get("line2"), City: pick("city", "Albany"), State: pick("state", "NY"),
			PostalCode: pick("postal_code", "12207"), Country: pick("country", b.countries()[0]),
			Phone: pick("phone", "5185550100"), Rate: given.Get("shipping_rate"),
		},
		number: pick("card", "4242424242424242"), expiry: pick("exp", now.AddDate(1, 0, 0).Format("01/06")), csc: pick("csc", "123"),
	}
}

// eventsFirst holds a reply back until the shop has taken the events: those of a refund or an expiry, and for a new
// session those of a buyer who pays it at once.
func (s *Sim) eventsFirst(ctx context.Context, op operation, out reply, emitted []string) {
	var made struct{ ID string }
	if op.pattern == "POST /v1/checkout/sessions" && json.Unmarshal(out.body, &made) == nil {
		paid, _, err := s.payAsScript(ctx, made.ID, nil)
		if err != nil {
			s.log.Error("stripesim: pay before the reply", "err", err)
			return
		}
		emitted = append(emitted, paid.Events...)
	}
	s.awaitTaken(ctx, emitted)
}
