package storefront

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// How the success page waits for the payment to be known.
const (
	settleTime  = 3 * time.Second
	askAgain    = 3  // seconds
	askAtMost   = 10 // times
	thanksQuery = "thanks=1"
)

// success is where Stripe sends a shopper who has paid. It asks Stripe itself,
// once and not for long, and leads to the order; until the payment is known it
// says that it is being confirmed. The shopper's link alone names the order:
// what the address says of a session is only a hint.
func (s *Storefront) success(c echo.Context) error {
	web.KeepAddress(c, false)
	token := c.Param("token")
	ctx, stop := context.WithTimeout(c.Request().Context(), settleTime)
	defer stop()
	order, err := s.orders.Confirm(ctx, token, c.QueryParam("session_id"))
	if shop.IsNotFound(err) {
		return err
	}
	if err != nil { // the webhook and the reconciler ask as well
		s.kit.Log().Warn("the success page could not settle", "order", order.ID, "err", err)
	}
	if order.ID == 0 || order.State == shop.OrderPending && order.Review == "" {
		return s.waitForPayment(c, token)
	}
	return c.Redirect(http.StatusSeeOther, "/orders/"+token+"?"+thanksQuery)
}

// waitForPayment asks again a few times by itself, and then leaves it to the
// shopper: by then the confirmation comes by mail.
func (s *Storefront) waitForPayment(c echo.Context, token string) error {
	page, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	asked, _ := strconv.Atoi(c.QueryParam("asked"))
	asked = min(max(asked, 0), askAtMost) + 1
	query := url.Values{"asked": {strconv.Itoa(asked)}}
	if session := c.QueryParam("session_id"); shop.ValidSessionID(session) {
		query.Set("session_id", session)
	}
	page.Title, page.NoIndex = "Confirming your payment", true
	wait := &WaitPage{
		Page: page, Heading: "Confirming your payment", URL: "/checkout/success/" + token + "?" + query.Encode(),
		Text: "We are waiting to hear from the payment service. If you have paid, your order is safe; please do not pay again.",
	}
	if asked <= askAtMost {
		wait.Refresh = askAgain
		c.Response().Header().Set("Refresh", fmt.Sprintf("%d; url=%s", askAgain, wait.URL))
	} else {
		wait.Text = "This takes longer than usual. If you have paid, your order is safe: we write to you as soon as the payment is confirmed. Please do not pay again."
		wait.Again = &web.MenuItem{Title: "See your order", URL: "/orders/" + token}
	}
	return s.kit.Render(c, http.StatusOK, "storefront/wait", wait)
}

// cancelled is where Stripe's Back button leads. It changes nothing: the
// payment can go on, or be given up by a button.
func (s *Storefront) cancelled(c echo.Context) error {
	web.KeepAddress(c, true)
	ctx, token := c.Request().Context(), c.Param("token")
	order, err := s.reader.OrderByLink(ctx, token)
	if err != nil {
		return err
	}
	if order.State == shop.OrderPaid || order.State == shop.OrderProcessing {
		return c.Redirect(http.StatusSeeOther, "/orders/"+token)
	}
	page, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page.Title, page.NoIndex = "Nothing was charged", true
	shown := &CancelledPage{Page: page}
	if order.State == shop.OrderPending {
		shown.ReleaseURL = "/checkout/release/" + token
		if shown.ContinueURL, err = s.payURL(ctx, order); err != nil {
			return err
		}
	}
	return s.kit.Render(c, http.StatusOK, "storefront/cancelled", shown)
}

// payURL is the payment page of a waiting order, "" when it is over.
func (s *Storefront) payURL(ctx context.Context, order shop.Order) (string, error) {
	if order.State != shop.OrderPending {
		return "", nil
	}
	attempt, err := s.reader.AttemptOfOrder(ctx, order.ID)
	if err != nil {
		return "", err
	}
	now, err := s.reader.Now(ctx)
	if err != nil || attempt.State != shop.AttemptOpen || !now.Before(attempt.ExpiresAt) || !s.isPayment(attempt.URL) {
		return "", err
	}
	return attempt.URL, nil
}
