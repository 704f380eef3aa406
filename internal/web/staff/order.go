package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// OrderPage is everything about one order, what to do next first.
type OrderPage struct {
	Page
	Order     shop.Order
	Heading   string
	Status    string
	Age       string
	Action    string // where its forms begin
	Next      string // what to do, "" for nothing
	CanFulfil bool
	CanCancel bool
	CanRefund bool
	CanReturn bool
	CanSettle bool

	Refused  string // which form was refused: "ship", "parcel-7", "note", "review"
	Ship     ShipForm
	Carriers []string
	Waiting  int // pieces
	Lines    []OrderedLine
	Parcels  []SentParcel
	Payments []OrderPayment
	Refunds  []OrderRefund
	Disputes []DisputeLine
	Returns  []shop.Return
	Timeline []OrderEvent

	Others     []OtherOrder
	MoreOthers bool
	PrivateURL string // the shopper's page, "" when its link cannot be written
	Before     string // address of the paid order before this one
	After      string

	Note   string // typed
	Review string // typed
}

// ShipForm is the form of a parcel as it was filled in.
type ShipForm struct {
	Carrier  string
	Tracking string
	Tell     bool
	Key      string
	Whole    bool // too many pieces to tick one by one: all that wait
	Chosen   map[shop.UnitID]bool
}

// OtherOrder is another order of the same address.
type OtherOrder struct {
	URL, Number, Status string
	At                  shop.Instant
	Total               shop.Cents
}

const (
	mostOthers = 10
	mostTicks  = 200 // pieces that are ticked one by one
)

// orderTyped is what was typed into a form of an order's page that was refused.
type orderTyped struct {
	form         string
	ship         *ShipForm
	note, review string
	parcel       *ParcelForm
	refusal      error
}

func (s *Staff) order(c echo.Context, in database.SignedIn) error {
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	return s.showOrder(c, in, order, orderTyped{})
}

// askedOrder is the order that a request's address names.
func (s *Staff) askedOrder(c echo.Context) (shop.Order, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return shop.Order{}, shop.NotFound("There is no such order.")
	}
	return s.reader.OrderByID(c.Request().Context(), shop.OrderID(id))
}

func (s *Staff) showOrder(c echo.Context, in database.SignedIn, order shop.Order, typed orderTyped) error {
	p, err := s.page(c, &in, "Order "+orderNumber(order.Number))
	if err != nil {
		return err
	}
	p.Path = ordersURL
	shown := &OrderPage{
		Page: p, Order: order, Heading: "Order " + orderNumber(order.Number), Status: order.Status(), Action: orderURL(order.ID),
		CanFulfil: in.Staff.May(shop.CanFulfil), CanCancel: in.Staff.May(shop.CanCancelOrders), CanSettle: in.Staff.May(shop.CanSettleReview),
		CanRefund: in.Staff.May(shop.CanRefund), CanReturn: in.Staff.May(shop.CanTakeBack),
		Waiting: len(order.Waiting()), Note: typed.note, Review: typed.review, Refused: typed.form,
	}
	if order.Number == nil {
		shown.Heading, shown.Title = "Checkout without a number", "Checkout"
	}
	status := http.StatusOK
	if typed.refusal != nil {
		if status, err = shown.refuse(typed.refusal); err != nil {
			return err
		}
	}
	ctx := c.Request().Context()
	if err := s.fillOrderPage(ctx, shown, typed); err != nil {
		return err
	}
	if shown.PrivateURL, err = s.privateURL(ctx, order.ID); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/order", shown)
}

func (s *Staff) fillOrderPage(ctx context.Context, p *OrderPage, typed orderTyped) error {
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	file, err := s.reader.OrderFile(ctx, &p.Order, mostOthers)
	if err != nil {
		return err
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	audit, err := s.reader.Audit(ctx, database.AuditSearch{ThingKind: "order", ThingID: fmt.Sprint(p.Order.ID), Limit: mostAudit})
	if err != nil {
		return err
	}
	images, err := s.lineImages(ctx, &p.Order)
	if err != nil {
		return err
	}
	if p.Returns, err = s.reader.ReturnsOfOrder(ctx, p.Order.ID); err != nil {
		return err
	}
	at := p.Order.PlacedAt
	if p.Order.PaidAt != nil {
		at = *p.Order.PaidAt
	}
	p.Age = age(at, now)
	p.Lines = orderedLines(&p.Order, &file, images)
	p.Parcels = sentParcels(&p.Order, &file, typed.parcel)
	p.Payments, p.Refunds = orderPayments(&file), orderRefunds(&p.Order, &file, p.CanRefund)
	for _, d := range file.Disputes {
		p.Disputes = append(p.Disputes, disputeLine(d, p.Order.Number, now))
	}
	p.Timeline = timeline(&file, audit, names)
	p.people(&file)
	p.prepare(typed.ship)
	p.Next = p.nextStep()
	return nil
}

// prepare fills the form of the next parcel: as it was typed, or with all that
// waits.
func (p *OrderPage) prepare(typed *ShipForm) {
	for _, c := range shop.Carriers() {
		p.Carriers = append(p.Carriers, c.Name)
	}
	if typed != nil {
		p.Ship = *typed
		return
	}
	p.Ship = ShipForm{Tell: true, Key: rand.Text(), Whole: p.Waiting > mostTicks, Chosen: map[shop.UnitID]bool{}}
	for _, u := range p.Order.Waiting() {
		p.Ship.Chosen[u.ID] = true
	}
}

// nextStep says what to do about the order where no form on its page does.
func (p *OrderPage) nextStep() string {
	switch o := &p.Order; {
	case o.Review != "" || p.CanShip():
		return ""
	case o.State == shop.OrderPending || o.State == shop.OrderProcessing:
		return "Wait for the payment. Nothing needs to be done."
	case p.Waiting > 0 && o.State == shop.OrderPaid:
		return "Ship " + count(p.Waiting, "piece") + "."
	case o.Fulfilment == shop.Fulfilled && o.State == shop.OrderPaid:
		return "On the way. Mark its parcels delivered when they have arrived."
	}
	return ""
}

// CanShip says whether there is something to ship now.
func (p *OrderPage) CanShip() bool {
	return p.CanFulfil && p.Order.State == shop.OrderPaid && p.Order.Review == "" && p.Waiting > 0
}

// Cancellable says whether pieces can still be cancelled.
func (p *OrderPage) Cancellable() bool {
	return p.CanCancel && p.Order.State == shop.OrderPaid && p.Waiting > 0
}

// Refundable says whether money can be given back.
func (p *OrderPage) Refundable() bool {
	return p.CanRefund && p.Order.State == shop.OrderPaid && p.Captured() > p.Returned()+p.Taken()
}

// Returnable says whether anything of it was sent, so that it may come back.
func (p *OrderPage) Returnable() bool {
	return p.CanReturn && p.Order.State == shop.OrderPaid && slices.ContainsFunc(p.Parcels, func(s SentParcel) bool { return s.Live() })
}

// people are the other orders of the same person, and the neighbours.
func (p *OrderPage) people(f *database.OrderFile) {
	others := f.Others
	if p.MoreOthers = len(others) > mostOthers; p.MoreOthers {
		others = others[:mostOthers]
	}
	for i := range others {
		o := &others[i]
		p.Others = append(p.Others, OtherOrder{URL: orderURL(o.ID), Number: orderNumber(o.Number), Status: o.Status(), At: o.PlacedAt, Total: o.GrandTotal()})
	}
	if f.Previous != 0 {
		p.Before = orderURL(f.Previous)
	}
	if f.Next != 0 {
		p.After = orderURL(f.Next)
	}
}

// privateURL is the page that the shopper has a link to.
func (s *Staff) privateURL(ctx context.Context, id shop.OrderID) (string, error) {
	link, err := s.reader.LinkOf(ctx, shop.LinkOrder, int64(id))
	if shop.IsNotFound(err) {
		return "", nil
	}
	if token := s.reader.Token(link); err == nil && token != "" {
		return "/orders/" + token, nil
	}
	return "", err
}
