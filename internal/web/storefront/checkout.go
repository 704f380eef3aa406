package storefront

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// beginCheckout places what is in the bag and sends the shopper to the payment
// page, or to the order where nothing is left to pay. A bag that cannot be
// bought as it is is shown again with the reason.
func (s *Storefront) beginCheckout(c echo.Context) error {
	ctx := c.Request().Context()
	if err := s.keepSignedIn(c); err != nil {
		return err
	}
	cart, err := s.reader.CartIDByToken(ctx, s.kit.BagToken(c))
	if shop.IsNotFound(err) {
		return c.Redirect(http.StatusSeeOther, "/cart")
	}
	if err != nil {
		return err
	}
	placement, err := s.checkout.From(web.AddressOf(c)).Place(ctx, cart)
	switch shop.KindOf(err) {
	case shop.KindInvalid, shop.KindConflict, shop.KindNotFound:
		return s.showBag(c, http.StatusUnprocessableEntity, shop.MessageOf(err))
	case shop.KindUnavailable:
		return s.payLater(c, err)
	}
	if err != nil {
		return err
	}
	if placement.RedirectURL == "" {
		return c.Redirect(http.StatusSeeOther, "/orders/"+placement.OrderToken)
	}
	return s.toPayment(c, placement.RedirectURL)
}

// toPayment leaves the shop, and only for a payment page.
func (s *Storefront) toPayment(c echo.Context, address string) error {
	if !s.isPayment(address) {
		return fmt.Errorf("the payment page %q is on no host that shoppers may be sent to", address)
	}
	return c.Redirect(http.StatusSeeOther, address)
}

func (s *Storefront) isPayment(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && slices.Contains(s.payHosts, u.Host)
}

// payLater says that Stripe did not answer. Nothing is lost: pressing the
// button again goes on where this stopped.
func (s *Storefront) payLater(c echo.Context, cause error) error {
	s.kit.Log().Warn("a checkout did not reach the payment page", "err", cause)
	page, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page.Title, page.NoIndex = "Not just now", true
	c.Response().Header().Set(echo.HeaderRetryAfter, "5")
	return s.kit.Render(c, http.StatusServiceUnavailable, "storefront/wait", &WaitPage{
		Page: page, Heading: "The payment page did not answer", Text: shop.MessageOf(cause),
		Again: &web.MenuItem{Title: "Back to your bag", URL: "/cart"},
	})
}

// release gives a payment up, so that its stock is free again. If it was paid
// at the same moment, the order is the answer.
func (s *Storefront) release(c echo.Context) error {
	token := c.Param("token")
	order, err := s.checkout.Release(c.Request().Context(), token)
	switch {
	case shop.KindOf(err) == shop.KindUnavailable && err != nil:
		return s.payLater(c, err)
	case err != nil:
		return err
	case order.State == shop.OrderPaid || order.State == shop.OrderProcessing:
		return c.Redirect(http.StatusSeeOther, "/orders/"+token)
	}
	return c.Redirect(http.StatusSeeOther, "/cart")
}
