package checkout

import (
	"context"
	"errors"
	"time"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// placeTime bounds the whole of Place, Stripe's tries included.
const placeTime = 25 * time.Second

// placeRounds is how often Place looks again after something else happened
// to the same bag.
const placeRounds = 5

// Placement says where the shopper goes next.
type Placement struct {
	RedirectURL string // Stripe's payment page, "" when there is nothing left to pay
	OrderToken  string // the order's private link
}

const pressAgain = "The payment has not been started. Nothing was charged; please press Checkout again."

// Place buys what is in a bag. Pressing twice gives the same payment page: an
// unchanged bag keeps its order, a changed one gets a new order after the old
// page was closed at Stripe. A bag that turns out to be paid gives its order.
//
// Errors: KindInvalid for a bag that cannot be bought as it is; KindConflict
// naming what is not to be had any more; KindUnavailable when Stripe did not
// answer: nothing is lost, and pressing again goes on with the same attempt.
func (c *Checkout) Place(ctx context.Context, cart shop.CartID) (Placement, error) {
	ctx, stop := context.WithTimeout(ctx, placeTime)
	defer stop()
	closed := shop.AttemptID(0) // whose session Stripe has confirmed to be closed
	for range placeRounds {
		next, err := c.next(ctx, cart, closed)
		if errors.Is(err, errWhose) {
			if c, err = c.forBuyer(ctx, cart); err == nil {
				continue
			}
		}
		if err != nil {
			return Placement{}, c.told(err)
		}
		placement, attempt, err := c.do(ctx, next)
		if err != nil || placement != nil {
			return orZero(placement), c.told(err)
		}
		closed = attempt
	}
	return Placement{}, shop.Unavailable(errors.New("the bag kept changing"), pressAgain)
}

func orZero(p *Placement) Placement {
	if p == nil {
		return Placement{}
	}
	return *p
}

// told puts Stripe's errors into words for the shopper.
func (c *Checkout) told(err error) error {
	switch {
	case err == nil:
		return nil
	case payment.Refused(err) != nil:
		c.log.Error("stripe refused a checkout", "err", err)
		return shop.Unavailable(err, "The payment service would not start this payment. Nothing was charged.")
	case errors.Is(err, shop.ErrUnknown), shop.KindOf(err) == shop.KindUnavailable, errors.Is(err, context.DeadlineExceeded):
		return shop.Unavailable(err, pressAgain)
	}
	return err
}

// step is what has to happen next, outside the transaction that found out.
type step struct {
	what    stepKind
	token   string
	attempt shop.PaymentAttempt
}

type stepKind int

const (
	stepFree   stepKind = iota // paid already: there was nothing to pay
	stepOpen                   // a new attempt: open its session
	stepFollow                 // an open session: send the shopper there
	stepFind                   // an attempt of which nobody knows whether Stripe has it
	stepClose                  // a session that does not fit the bag any more
)

// next decides in one transaction what to do about a bag. closed is an
// attempt whose session is known to be closed.
func (c *Checkout) next(ctx context.Context, cart shop.CartID, closed shop.AttemptID) (step, error) {
	var found step
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		locked, err := tx.LockCart(ctx, cart)
		if err != nil {
			return err
		}
		if err := keepSizes(ctx, tx, locked); err != nil {
			return err
		}
		found, err = c.decide(ctx, tx, locked, closed)
		return err
	})
	return found, err
}

// keepSizes keeps what is in a bag from being deleted while it is bought.
func keepSizes(ctx context.Context, tx *database.Tx, cart shop.Cart) error {
	ids := make([]shop.VariantID, len(cart.Lines))
	for i, l := range cart.Lines {
		ids[i] = l.VariantID
	}
	_, err := tx.KeepVariants(ctx, ids) // read says which are gone
	return err
}

func (c *Checkout) decide(ctx context.Context, tx *database.Tx, cart shop.Cart, closed shop.AttemptID) (step, error) {
	pending, err := tx.OrderForCart(ctx, cart.ID)
	if shop.IsNotFound(err) {
		return c.place(ctx, tx, cart, nil)
	}
	if err != nil {
		return step{}, err
	}
	attempt, err := tx.AttemptOfOrder(ctx, pending.ID)
	switch {
	case err != nil:
		return step{}, err
	case attempt.ID == closed:
		return c.place(ctx, tx, cart, &pending)
	case attempt.SessionID == nil:
		return step{what: stepFind, attempt: attempt}, nil
	}
	token, err := linkToken(ctx, tx, pending.ID)
	if err != nil {
		return step{}, err
	}
	fits, err := c.fits(ctx, tx, cart, waiting{pending, attempt})
	if err != nil || fits {
		return step{what: stepFollow, token: token, attempt: attempt}, err
	}
	return step{what: stepClose, token: token, attempt: attempt}, nil
}

func linkToken(ctx context.Context, tx *database.Tx, order shop.OrderID) (string, error) {
	link, err := tx.LinkOf(ctx, shop.LinkOrder, int64(order))
	return tx.Token(link), err
}

// place writes a new order, in the place of old if there is one.
func (c *Checkout) place(ctx context.Context, tx *database.Tx, cart shop.Cart, old *shop.Order) (step, error) {
	if old != nil {
		if ok, err := orders.Supersede(ctx, tx, old.ID); err != nil || !ok {
			return step{}, errors.Join(err, notWaiting(ok))
		}
	}
	b, err := c.read(ctx, tx, cart, nil)
	if err != nil {
		return step{}, err
	}
	if err := c.keepToCaps(ctx, tx, b); err != nil {
		return step{}, err
	}
	if err := c.knowsBuyer(ctx, tx, b); err != nil {
		return step{}, err
	}
	placed, err := orders.Place(ctx, tx, c.draft(b))
	if err != nil {
		return step{}, err
	}
	if c.visitor.subject != "" {
		if err := tx.AddVisitor(ctx, placed.Order.ID, c.visitor.subject); err != nil {
			return step{}, err
		}
	}
	if placed.Order.Total > 0 {
		return step{what: stepOpen, token: placed.Token, attempt: placed.Attempt}, nil
	}
	return step{what: stepFree, token: placed.Token}, orders.PayFree(ctx, tx, &cart, &placed.Order)
}

func notWaiting(ok bool) error {
	if ok {
		return nil
	}
	return shop.Conflict("This checkout has gone on in another window. Please look at your bag again.")
}

// do carries a step out. It returns where the shopper goes, or the attempt it
// closed, or neither: then the bag has to be looked at again.
func (c *Checkout) do(ctx context.Context, s step) (*Placement, shop.AttemptID, error) {
	switch s.what {
	case stepFree:
		return &Placement{OrderToken: s.token}, 0, nil
	case stepFollow:
		return &Placement{RedirectURL: s.attempt.URL, OrderToken: s.token}, 0, nil
	case stepOpen:
		a, err := c.orders.Open(ctx, s.attempt)
		if err != nil || a.State != shop.AttemptOpen {
			return nil, 0, err
		}
		return &Placement{RedirectURL: a.URL, OrderToken: s.token}, 0, nil
	case stepFind:
		return nil, 0, c.find(ctx, s.attempt)
	}
	return c.close(ctx, s)
}

// find learns what became of an attempt that was being created. Another
// request may have learnt it in the meantime.
func (c *Checkout) find(ctx context.Context, a shop.PaymentAttempt) error {
	err := c.orders.Resolve(ctx, a)
	if err == nil {
		return nil
	}
	if now, readErr := c.db.Attempt(ctx, a.ID); readErr == nil && now.State != shop.AttemptCreating {
		return nil
	}
	return err
}

// close has a session closed at Stripe. One that cannot be closed any more
// has expired, or was paid at the last moment: then that is the answer.
func (c *Checkout) close(ctx context.Context, s step) (*Placement, shop.AttemptID, error) {
	_, err := c.pay.Expire(ctx, *s.attempt.SessionID)
	if err == nil {
		return nil, s.attempt.ID, nil
	}
	if payment.Refused(err) == nil {
		return nil, 0, err
	}
	order, err := c.orders.Settle(ctx, *s.attempt.SessionID)
	if err != nil {
		return nil, 0, err
	}
	if order.State == shop.OrderPaid || order.State == shop.OrderProcessing || order.Review != "" {
		return &Placement{OrderToken: s.token}, 0, nil
	}
	return nil, 0, nil
}
