package orders

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Settle makes the shop agree with what Stripe says of a session now, and
// returns the order's row as it then is. It may be called any number of times, by
// anyone, at the same moment: once the order is paid nothing happens any more.
//
// Errors: KindNotFound for a session that is not this shop's; KindUnavailable
// when Stripe does not answer; shop.ErrUnknown when the commit may or may not
// have happened: call again.
func (o *Orders) Settle(ctx context.Context, sessionID string) (shop.Order, error) {
	session, err := o.pay.Session(ctx, sessionID)
	if err != nil {
		return shop.Order{}, err
	}
	if session.LiveMode != o.pay.LiveMode() {
		o.log.Warn("a session of the other mode is ignored", "session", session.ID, "live", session.LiveMode)
		return shop.Order{}, shop.NotFound("There is no such payment.")
	}
	a, err := o.attemptOf(ctx, session)
	if err != nil {
		return shop.Order{}, err
	}
	var s settling
	err = o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		s = settling{tx: tx, session: session}
		return s.run(ctx, a)
	})
	if err != nil {
		return shop.Order{}, unsettled(session, err)
	}
	o.after(ctx, s)
	return s.order, nil
}

// unsettled is the error of a session that is ours and could not be settled.
// It is never of KindNotFound, which says that a session is not ours.
func unsettled(s shop.Session, err error) error {
	err = fmt.Errorf("settling session %s: %w", s.ID, err)
	if shop.IsNotFound(err) {
		return &shop.Error{Kind: shop.KindInternal, Message: "The order could not be brought up to date.", Err: err}
	}
	return err
}

// attemptOf finds the attempt a session belongs to: by its id, or, when the
// webhook was faster than the note of that id, by what it carries.
func (o *Orders) attemptOf(ctx context.Context, s shop.Session) (shop.PaymentAttempt, error) {
	a, err := o.db.AttemptBySession(ctx, s.ID)
	if shop.IsNotFound(err) {
		a, err = o.db.AttemptByReference(ctx, s.Reference)
	}
	return a, err
}

// after does what must not be done inside the transaction: it closes
// sessions that nobody should pay any more. If that fails they run out by
// themselves, and money that still comes is given back.
func (o *Orders) after(ctx context.Context, s settling) {
	if s.act == shop.SettleReview {
		o.log.Error("an order needs review", "order", s.order.ID, "why", s.order.Review)
	}
	for _, id := range s.expire {
		if _, err := o.pay.Expire(ctx, id); err != nil {
			o.log.Warn("a session that should be closed is not", "session", id, "err", err)
		}
	}
}

// settling is one run of Settle's transaction.
type settling struct {
	tx      *database.Tx
	session shop.Session
	cart    *shop.Cart // nil when it was purged
	order   shop.Order
	attempt shop.PaymentAttempt
	act     shop.SettleAct
	// discount is that of the order's code, locked while it is paid.
	discount *shop.Discount
	expire   []string // sessions to close afterwards
}

func (s *settling) run(ctx context.Context, a shop.PaymentAttempt) error {
	if err := s.lock(ctx, a); err != nil {
		return err
	}
	facts := shop.SettleFacts{
		Order: s.order.State, Attempt: s.attempt.State, Session: s.session,
		Differs: shop.SessionDiffers(&s.order, &s.attempt, s.session),
		Other:   s.attempt.SessionID != nil && *s.attempt.SessionID != s.session.ID,
	}
	var err error
	if facts.TwinPaid, err = s.twinPaid(ctx); err != nil {
		return err
	}
	s.act = shop.Settle(facts)
	switch s.act {
	case shop.SettleOpen:
		return s.open(ctx)
	case shop.SettleExpire:
		s.expire = append(s.expire, s.session.ID)
	case shop.SettlePay:
		return s.pay(ctx)
	case shop.SettleLate:
		return s.late(ctx)
	case shop.SettleRefund:
		return s.refund(ctx, "paid twice, or after it was cancelled")
	case shop.SettleProcessing:
		return s.processing(ctx)
	case shop.SettleRelease:
		return s.release(ctx)
	case shop.SettleReview:
		return s.review(ctx, facts.Differs)
	}
	return nil
}

// lock takes the locks in the house's order: cart, order, attempt.
func (s *settling) lock(ctx context.Context, a shop.PaymentAttempt) error {
	id, err := s.tx.CartOfOrder(ctx, a.OrderID)
	if err != nil {
		return err
	}
	cart, err := s.tx.LockCart(ctx, id)
	switch {
	case err == nil:
		s.cart = &cart
	case !shop.IsNotFound(err):
		return err
	}
	if s.order, err = s.tx.LockOrder(ctx, a.OrderID); err != nil {
		return err
	}
	s.attempt, err = s.tx.LockAttempt(ctx, a.ID)
	return err
}

// twinPaid says whether this purchase was paid for by another order of the
// same bag: by an earlier one that was cancelled to make room for this one and
// then paid all the same, or, when this one's time is over, by a later one.
func (s *settling) twinPaid(ctx context.Context) (bool, error) {
	earlier, err := s.tx.PaidAfterAll(ctx, &s.order)
	if err != nil || len(earlier) > 0 || s.attempt.State.Live() {
		return len(earlier) > 0, err
	}
	later, err := s.tx.LaterOrders(ctx, &s.order)
	for _, l := range later {
		if l.State == shop.OrderPaid || l.State == shop.OrderProcessing {
			return true, err
		}
	}
	return false, err
}

func (s *settling) open(ctx context.Context) error {
	if s.attempt.State != shop.AttemptCreating {
		return nil
	}
	return noteOpen(ctx, s.tx, &s.attempt, s.session)
}

func (s *settling) processing(ctx context.Context) error {
	if err := s.tx.RecordSession(ctx, &s.attempt, s.session); err != nil {
		return err
	}
	if err := s.tx.MoveAttempt(ctx, &s.attempt, shop.AttemptProcessing, "paid by a slow method", shop.ByStripe); err != nil {
		return err
	}
	return s.tx.MoveOrder(ctx, &s.order, shop.OrderProcessing, "paid by a slow method", shop.ByStripe)
}

// release ends an attempt that will never be paid. An order that is waiting
// for it is cancelled; the bag keeps what is in it.
func (s *settling) release(ctx context.Context) error {
	to, cause := shop.AttemptExpired, "the session ran out"
	if s.session.Status == shop.SessionComplete {
		to, cause = shop.AttemptFailed, "the money did not come"
	}
	if s.attempt.SessionID == nil {
		if err := s.tx.RecordSession(ctx, &s.attempt, s.session); err != nil {
			return err
		}
	}
	if err := s.tx.MoveAttempt(ctx, &s.attempt, to, cause, shop.ByStripe); err != nil {
		return err
	}
	switch s.order.State {
	case shop.OrderPaid: // by another attempt
		return nil
	case shop.OrderCancelled: // by somebody, while the session stood open
		return letGo(ctx, s.tx, s.order.ID)
	}
	if err := cancel(ctx, s.tx, &s.order, cause, shop.ByStripe); err != nil || to != shop.AttemptFailed {
		return err
	}
	return s.tellOfNoMoney(ctx)
}

// tellOfNoMoney tells the shopper, who has left the payment page long since,
// that what they had ordered is not paid.
func (s *settling) tellOfNoMoney(ctx context.Context) error {
	if s.session.Contact.Email == "" {
		return nil
	}
	return s.tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailPaymentFailed, Key: fmt.Sprintf("payment-failed:%d", s.order.ID),
		Recipient: s.session.Contact.Email, ThingID: int64(s.order.ID),
	})
}

// review leaves everything as it is and asks staff to look.
func (s *settling) review(ctx context.Context, differs string) error {
	if differs == "" {
		differs = "money is on its way for a checkout that was over"
	}
	return s.tx.ReviewOrder(ctx, &s.order, fmt.Sprintf("session %s: %s", s.session.ID, differs))
}
