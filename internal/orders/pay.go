package orders

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// orderNumber is the counter that paid orders take their numbers from.
const orderNumber = "order_number"

// pay sells what the order holds and records that it is paid.
func (s *settling) pay(ctx context.Context) error {
	if err := s.tx.FillOrder(ctx, &s.order); err != nil {
		return err
	}
	if err := s.tx.RecordSession(ctx, &s.attempt, s.session); err != nil {
		return err
	}
	if err := s.tx.MoveAttempt(ctx, &s.attempt, shop.AttemptPaid, "paid", shop.ByStripe); err != nil {
		return err
	}
	if err := s.lockDiscount(ctx); err != nil {
		return err
	}
	if err := stock.Sell(ctx, s.tx, stock.ForOrder(s.order.ID)); err != nil {
		return err
	}
	return s.paid(ctx, "paid")
}

// late accepts money for an order whose stock was let go, if the stock can be
// had again; if not, the money goes back.
func (s *settling) late(ctx context.Context) error {
	if err := s.tx.FillOrder(ctx, &s.order); err != nil {
		return err
	}
	if err := s.lockDiscount(ctx); err != nil {
		return err
	}
	wants, err := s.wants(ctx)
	if err != nil {
		return err
	}
	again, err := stock.Retake(ctx, s.tx, stock.ForOrder(s.order.ID), wants)
	if err != nil {
		return err
	}
	if !again {
		return s.refund(ctx, "paid after its stock had gone to somebody else")
	}
	if err := s.tx.RecordSession(ctx, &s.attempt, s.session); err != nil {
		return err
	}
	if err := s.tx.MoveAttempt(ctx, &s.attempt, shop.AttemptPaid, "paid late", shop.ByStripe); err != nil {
		return err
	}
	if err := s.closeLater(ctx); err != nil {
		return err
	}
	return s.paid(ctx, "paid late, the stock was still there")
}

// lockDiscount locks the order's discount, which comes before any variant, so
// that two orders of one customer that are paid at once see each other.
func (s *settling) lockDiscount(ctx context.Context) error {
	use, err := s.tx.DiscountUseOf(ctx, s.order.ID)
	if shop.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	d, err := s.tx.LockDiscount(ctx, use.DiscountID)
	s.discount = &d
	return err
}

// wants are the order's pieces, with what may be sold out of nothing read
// from the catalog as it is now.
func (s *settling) wants(ctx context.Context) ([]stock.Want, error) {
	var ids []shop.VariantID
	for _, l := range s.order.Lines {
		ids = append(ids, l.VariantID)
	}
	products, err := s.tx.VariantsByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	beyond := map[shop.VariantID]bool{}
	for id, p := range products {
		beyond[id] = p.Variants[0].Policy == shop.PolicyContinue
	}
	return stock.Wants(s.order.Lines, beyond), nil
}

// closeLater has the sessions of later orders of the same bag closed.
func (s *settling) closeLater(ctx context.Context) error {
	later, err := s.tx.LaterOrders(ctx, &s.order)
	if err != nil {
		return err
	}
	for _, l := range later {
		if l.State != shop.OrderPending {
			continue
		}
		a, err := s.tx.AttemptOfOrder(ctx, l.ID)
		if err == nil && a.SessionID != nil {
			s.expire = append(s.expire, *a.SessionID)
		} else if err != nil && !shop.IsNotFound(err) {
			return err
		}
	}
	return nil
}

// paid records all that being paid by Stripe adds to the order.
func (s *settling) paid(ctx context.Context, cause string) error {
	s.order.Tax, s.order.ShippingTax = &s.session.Tax, &s.session.ShippingTax
	if err := paid(ctx, s.tx, &s.order, cause, shop.ByStripe); err != nil {
		return err
	}
	if err := s.tx.SetUnitTax(ctx, shop.SpreadTax(&s.order, s.session.LineTaxes)); err != nil {
		return err
	}
	err := s.tx.InsertTender(ctx, shop.OrderTender{OrderID: s.order.ID, Kind: shop.TenderStripe, Amount: s.session.Total})
	if err != nil {
		return fmt.Errorf("recording the money received: %w", err)
	}
	if err := s.reach(ctx); err != nil {
		return err
	}
	return emptyBag(ctx, s.tx, s.cart, &s.order)
}

// paid takes a number for an order whose taxes are filled in, and makes it paid.
func paid(ctx context.Context, tx *database.Tx, order *shop.Order, cause, who string) error {
	if err := tx.MoveOrder(ctx, order, shop.OrderPaid, cause, who); err != nil {
		return err
	}
	if order.DiscountCode != "" {
		if err := tx.KeepUse(ctx, order.ID); err != nil {
			return fmt.Errorf("keeping the use of a discount code: %w", err)
		}
	}
	number, err := tx.NextNumber(ctx, orderNumber)
	if err != nil {
		return fmt.Errorf("taking an order number: %w", err)
	}
	if err := tx.RecordPayment(ctx, order, number); err != nil {
		return err
	}
	if err := tx.TellOfOrder(ctx, order.ID); err != nil {
		return err
	}
	if slices.ContainsFunc(order.Lines, func(l shop.OrderLine) bool { return l.Ships }) {
		return nil
	}
	return tx.Refulfil(ctx, order, "nothing of it ships", shop.ByJob)
}

// reach keeps who paid and where it goes, and tells them; an order with
// nobody to tell or nowhere to go is for staff.
func (s *settling) reach(ctx context.Context) error {
	contact := s.session.Contact
	contact.OrderID = s.order.ID
	s.order.Contact = &contact
	if err := s.tx.KeepContact(ctx, contact); err != nil {
		return err
	}
	settings, err := s.tx.SettingsVersion(ctx, s.order.SettingsVersion)
	if err != nil {
		return err
	}
	often, err := s.usedBefore(ctx, contact)
	if err != nil {
		return err
	}
	reasons := []string{shop.AddressReview(&s.order, contact, settings), shop.TaxReview(s.session), often}
	if contact.Email == "" {
		reasons = append(reasons, "no e-mail address came with the payment")
	}
	reasons = slices.DeleteFunc(reasons, func(why string) bool { return why == "" })
	if len(reasons) > 0 {
		if err := s.tx.ReviewOrder(ctx, &s.order, strings.Join(reasons, "; ")); err != nil {
			return err
		}
	}
	if contact.Email == "" {
		return nil
	}
	return s.tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailOrderConfirmation, Key: fmt.Sprintf("order-confirmation:%d", s.order.ID),
		Recipient: contact.Email, ThingID: int64(s.order.ID),
	})
}

// usedBefore says whether this customer, whom nobody knew before, had used the
// order's code more often than one may.
func (s *settling) usedBefore(ctx context.Context, c shop.OrderContact) (string, error) {
	if s.discount == nil || s.discount.MaxPerCustomer == nil {
		return "", nil
	}
	before, err := s.tx.PaidUses(ctx, s.discount.ID, c.Email, s.order.ID)
	return shop.PerCustomerReview(s.discount, before), err
}

// emptyBag clears the bag if it still holds exactly what was bought.
func emptyBag(ctx context.Context, tx *database.Tx, cart *shop.Cart, order *shop.Order) error {
	if cart == nil || shop.CartFingerprint(*cart) != order.CartDigest {
		return nil
	}
	return tx.ClearCartLines(ctx, cart.ID)
}

// PayFree makes an order with nothing to pay paid, in the transaction that
// placed it; Stripe never hears of it. Nobody has asked for an address, so
// one that ships is for staff.
func PayFree(ctx context.Context, tx *database.Tx, cart *shop.Cart, order *shop.Order) error {
	if order.Total != 0 {
		return shop.Errorf(shop.KindInternal, "The order is not free.")
	}
	if err := stock.Sell(ctx, tx, stock.ForOrder(order.ID)); err != nil {
		return err
	}
	order.Tax, order.ShippingTax = new(shop.Cents), new(shop.Cents)
	if err := paid(ctx, tx, order, "nothing to pay", shop.ByShopper); err != nil {
		return err
	}
	placed, err := tx.OrderByID(ctx, order.ID)
	if err != nil {
		return err
	}
	if err := tx.SetUnitTax(ctx, shop.SpreadTax(&placed, nil)); err != nil {
		return err
	}
	if err := tx.ReviewOrder(ctx, order, "free of charge: nobody has asked where it goes"); err != nil {
		return err
	}
	return emptyBag(ctx, tx, cart, order)
}
