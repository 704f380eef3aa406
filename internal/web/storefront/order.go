package storefront

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// order is an order as its private link shows it. The link is in the mail, and
// whoever has it sees the order, so its address is kept to itself.
func (s *Storefront) order(c echo.Context) error {
	web.KeepAddress(c, false)
	ctx := c.Request().Context()
	order, err := s.reader.OrderByLink(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	page, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	shown := &OrderPage{
		Page: page, Order: order, Heading: "Your order", StateText: stateText(&order),
		Placed: order.PlacedAt.In(settings.Location()).Format("January 2, 2006"),
		Fresh:  order.State == shop.OrderPaid && c.QueryParam("thanks") != "",
	}
	if order.Number != nil {
		shown.Heading = fmt.Sprintf("Order #%d", *order.Number)
	}
	shown.Title, shown.NoIndex = shown.Heading, true
	if shown.Fresh {
		shown.Heading = "Thank you"
	}
	if shown.PayURL, err = s.payURL(ctx, order); err != nil {
		return err
	}
	refunds, err := s.reader.RefundsOfOrder(ctx, order.ID)
	if err != nil {
		return err
	}
	shown.Refund = refundText(refunds)
	if shown.Refunds, err = s.orderRefunds(ctx, &order, refunds, settings.Location()); err != nil {
		return err
	}
	if order.State == shop.OrderPaid {
		shown.Status, shown.Invoice = order.Status(), "/orders/"+c.Param("token")+"/invoice"
	}
	if shown.Parcels, err = s.orderParcels(ctx, &order, settings.Location()); err != nil {
		return err
	}
	if shown.Images, err = s.orderImages(ctx, order); err != nil {
		return err
	}
	return s.kit.Render(c, http.StatusOK, "storefront/order", shown)
}

// stateText says what an order's state means for the shopper.
func stateText(o *shop.Order) string {
	switch o.State {
	case shop.OrderPaid:
		return fulfilmentText(o)
	case shop.OrderProcessing:
		return "Your payment is on its way to us. We write to you as soon as it has arrived."
	case shop.OrderCancelled:
		return "This order was not completed. Nothing is on its way to you."
	}
	if o.Review != "" {
		return "We are looking at your payment and will write to you."
	}
	return "This order is not paid yet."
}

// orderImages are the pictures of an order's lines, as far as the product
// still has them.
func (s *Storefront) orderImages(ctx context.Context, order shop.Order) (map[shop.OrderLineID]Image, error) {
	ids := make([]shop.VariantID, len(order.Lines))
	for i := range order.Lines {
		ids[i] = order.Lines[i].VariantID
	}
	products, err := s.reader.VariantsByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	images := make(map[shop.OrderLineID]Image, len(order.Lines))
	for _, line := range order.Lines {
		images[line.ID] = s.picture(pictureOf(line, products[line.VariantID]), line.Title, sizesSmall)
	}
	return images, nil
}

func pictureOf(line shop.OrderLine, p shop.Product) *shop.Picture {
	for i := range p.Images {
		if picture := p.Images[i].Picture; picture != nil && line.PictureID != nil && picture.ID == *line.PictureID {
			return picture
		}
	}
	return nil
}
