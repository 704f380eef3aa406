package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// ordersURL is the list of orders.
const ordersURL = "/staff/orders"

// orderRoutes are the addresses of orders.
func (s *Staff) orderRoutes(e *echo.Echo) {
	web.Get(e, ordersURL, s.allow(shop.CanSeeOrders, s.orderList))
	web.Get(e, "/staff/orders/:id", s.allow(shop.CanSeeOrders, s.order))
	web.Get(e, "/staff/orders/:id/invoice", s.allow(shop.CanSeeOrders, s.invoice))

	// Parcels, one by one and for many.
	fulfil := shop.CanFulfil
	e.POST("/staff/orders/:id/ship", s.allow(fulfil, s.ship))
	e.POST("/staff/orders/:id/parcels/:parcel/correct", s.allow(fulfil, s.correctParcel))
	e.POST("/staff/orders/:id/parcels/:parcel/undo", s.allow(fulfil, s.undoParcel))
	e.POST("/staff/orders/:id/parcels/:parcel/delivered", s.allow(fulfil, s.delivered))
	e.POST("/staff/orders/:id/parcels/:parcel/not-delivered", s.allow(fulfil, s.notDelivered))
	e.POST("/staff/orders/:id/notes", s.allow(fulfil, s.noteOrder))
	web.Get(e, "/staff/orders/pack", s.allow(fulfil, s.pack))
	web.Get(e, "/staff/orders/fulfil", s.allow(fulfil, s.fulfilPage))
	e.POST("/staff/orders/fulfil", s.allow(fulfil, s.fulfil))
	web.Get(e, "/staff/orders/to-ship.csv", s.allow(fulfil, s.toShipFile))
	web.Get(e, "/staff/orders/tracking", s.allow(fulfil, s.trackingPage))
	e.POST("/staff/orders/tracking", s.allow(fulfil, s.importTracking))

	web.Get(e, "/staff/orders/:id/cancel", s.allow(shop.CanCancelOrders, s.cancelPage))
	e.POST("/staff/orders/:id/cancel", s.allow(shop.CanCancelOrders, s.cancelOrder))
	refund := shop.CanRefund
	web.Get(e, "/staff/orders/:id/refund", s.allow(refund, s.refundPage))
	e.POST("/staff/orders/:id/refund", s.allow(refund, s.refundOrder))
	web.Get(e, "/staff/orders/:id/refunds/:refund/again", s.allow(refund, s.againPage))
	e.POST("/staff/orders/:id/refunds/:refund/again", s.allow(refund, s.refundAgain))
	e.POST("/staff/orders/:id/review", s.allow(shop.CanSettleReview, s.settleReview))
}

// orderSentences are what is said after a form about orders.
var orderSentences = map[string]string{
	"shipped":       "The parcel is on its way.",
	"corrected":     "The parcel is corrected.",
	"undone":        "The shipment is undone. Its pieces wait again.",
	"delivered":     "The parcel has arrived.",
	"not-delivered": "The parcel is on its way again.",
	"noted":         "The note is on the timeline.",
	"let-go":        "The order goes on.",
	"cancelled":     "The pieces are cancelled, and the money goes back.",
	"refunded":      "The money goes back. The shopper is told once Stripe has taken it.",
	"fulfilled":     "All of these orders are on their way.",
}
