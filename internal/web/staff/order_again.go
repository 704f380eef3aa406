package staff

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

func againURL(order shop.OrderID, refund shop.RefundID) string {
	return fmt.Sprintf("%s/refunds/%d/again", orderURL(order), refund)
}

// askedRefund is the order and its refund that a request's address names.
func (s *Staff) askedRefund(c echo.Context) (shop.Order, shop.Refund, error) {
	order, err := s.askedOrder(c)
	if err != nil {
		return order, shop.Refund{}, err
	}
	id, err := web.ParseID(c.Param("refund"))
	if err != nil {
		return order, shop.Refund{}, shop.NotFound("There is no such refund.")
	}
	refund, err := s.reader.Refund(c.Request().Context(), shop.RefundID(id))
	if err == nil && refund.OrderID != order.ID {
		err = shop.NotFound("There is no such refund.")
	}
	return order, refund, err
}

// againPage works out what a failed refund gives back when it is tried again.
func (s *Staff) againPage(c echo.Context, in database.SignedIn) error {
	order, refund, err := s.askedRefund(c)
	if err != nil {
		return err
	}
	return s.showAgain(c, in, order, refund, nil)
}

func (s *Staff) showAgain(c echo.Context, in database.SignedIn, order shop.Order, refund shop.Refund, refusal error) error {
	ctx := c.Request().Context()
	given, err := s.reader.Given(ctx, order.ID)
	if err != nil {
		return err
	}
	shown, err := s.refundPageOf(c, in, order, given)
	if err != nil {
		return err
	}
	shown.Action, shown.Form.Reason = againURL(order.ID, refund.ID), refund.Reason
	shown.Why = fmt.Sprintf("The refund of %s on %s failed: %s.", refund.Amount, shown.When(refund.CreatedAt), refund.LastError)
	if plan, err := s.orders.PlanAgain(ctx, order.ID, refund.ID); err == nil {
		shown.planned(plan, in)
	} else if refusal == nil {
		refusal = err
	}
	return s.answerRefund(c, shown, refusal)
}

// refundAgain tries a failed refund again, if the sum is still what the page
// said.
func (s *Staff) refundAgain(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	order, refund, err := s.askedRefund(c)
	if err != nil {
		return err
	}
	expected := centsIn(form, "expected")
	err = s.confirmRefund(c, in, expected, form.Get("current"))
	if err == nil {
		err = s.orders.RefundAgain(c.Request().Context(), in.Staff.Actor(), order.ID, refund.ID, expected)
	}
	if err != nil {
		return s.showAgain(c, in, order, refund, err)
	}
	return c.Redirect(http.StatusSeeOther, orderURL(order.ID)+"?done=refunded#money")
}
