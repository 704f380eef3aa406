package staff

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// RefundPage shows what is given back of an order before it is.
type RefundPage struct {
	Page
	Order    shop.Order
	Heading  string
	Action   string
	Back     string // the order
	Captured shop.Cents
	Left     shop.Cents // of it, to give back
	Lines    []RefundableLine
	Shipping shop.Cents // what is left of it, with its tax
	Form     RefundForm
	Plan     *shop.RefundPlan // nil when there is none to be had
	Units    string           // the pieces in the plan, as the form sends them
	Goodwill shop.Cents
	Key      string
	Asks     bool   // for the password
	Why      string // the failed refund that is tried again, and why it failed; "" for another refund
}

// RefundableLine is a line with its pieces.
type RefundableLine struct {
	*shop.OrderLine
	Pieces []RefundablePiece
}

// RefundablePiece is a piece and what was paid for it.
type RefundablePiece struct {
	ID       shop.UnitID
	Position int
	State    string
	Paid     shop.Cents // with tax
	Gone     bool       // it has been given back
}

// RefundForm is what was chosen, as it was typed.
type RefundForm struct {
	Chosen   map[shop.UnitID]bool
	Shipping bool
	Goodwill string
	Reason   string
}

// refundTyped is what was typed into the form that gives money back.
type refundTyped struct {
	choice   shop.RefundChoice
	goodwill string
	key      string
	chose    bool // something was sent
	unread   bool // it could not be read, so nothing is worked out
	refusal  error
}

// refundPage works out what the choice in the address gives back.
func (s *Staff) refundPage(c echo.Context, in database.SignedIn) error {
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	asked := c.QueryParams()
	return s.showRefund(c, in, order, refundIn(asked["unit"], asked, asked.Get("work-out") != ""))
}

// refundIn reads a choice.
func refundIn(units []string, form url.Values, chose bool) refundTyped {
	typed := refundTyped{goodwill: form.Get("goodwill"), key: rand.Text(), chose: chose}
	typed.choice.Shipping, typed.choice.Reason = form.Get("shipping") != "", form.Get("reason")
	if typed.choice.Units, typed.refusal = unitsIn(units); typed.refusal == nil {
		typed.choice.Goodwill, typed.refusal = shop.ParseGoodwill(typed.goodwill)
	}
	typed.unread = typed.refusal != nil
	return typed
}

func (s *Staff) showRefund(c echo.Context, in database.SignedIn, order shop.Order, typed refundTyped) error {
	given, err := s.reader.Given(c.Request().Context(), order.ID)
	if err != nil {
		return err
	}
	shown, err := s.refundPageOf(c, in, order, given)
	if err != nil {
		return err
	}
	shown.Action = orderURL(order.ID) + "/refund"
	shown.Form = RefundForm{Chosen: map[shop.UnitID]bool{}, Shipping: typed.choice.Shipping, Goodwill: typed.goodwill, Reason: typed.choice.Reason}
	for _, id := range typed.choice.Units {
		shown.Form.Chosen[id] = true
	}
	if shown.Lines, err = s.refundableLines(c.Request().Context(), &order, &given); err != nil {
		return err
	}
	net, tax := given.ShippingLeft(&order)
	shown.Shipping, shown.Units, shown.Goodwill, shown.Key = net+tax, unitList(typed.choice.Units), typed.choice.Goodwill, typed.key
	if typed.unread {
		return s.answerRefund(c, shown, typed.refusal)
	}
	if plan, err := shop.PlanRefund(&order, given, typed.choice); err == nil {
		shown.planned(plan, in)
	} else if typed.refusal == nil && (typed.chose || order.State != shop.OrderPaid || given.Left <= 0 || given.Dispute != nil) {
		typed.refusal = err
	}
	return s.answerRefund(c, shown, typed.refusal)
}

func (s *Staff) refundPageOf(c echo.Context, in database.SignedIn, order shop.Order, given shop.Given) (*RefundPage, error) {
	p, err := s.page(c, &in, "Give money back for "+orderNumber(order.Number))
	if err != nil {
		return nil, err
	}
	p.Path = ordersURL
	shown := &RefundPage{Page: p, Order: order, Heading: p.Title, Back: orderURL(order.ID), Left: given.Left}
	for _, t := range order.Tenders {
		shown.Captured += t.Amount
	}
	return shown, nil
}

func (p *RefundPage) planned(plan shop.RefundPlan, in database.SignedIn) {
	p.Plan, p.Asks = &plan, plan.Amount() > shop.RefundAsksAbove && !in.Session.Confirmed(in.Now)
}

func (s *Staff) answerRefund(c echo.Context, shown *RefundPage, refusal error) (err error) {
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/orderrefund", shown)
}

// refundableLines are an order's pieces, whatever became of them.
func (s *Staff) refundableLines(ctx context.Context, o *shop.Order, given *shop.Given) ([]RefundableLine, error) {
	parcels, err := s.reader.ParcelsOfOrder(ctx, o.ID)
	parcelOf := map[shop.UnitID]int{}
	for _, p := range parcels {
		for _, u := range p.Units {
			parcelOf[u.UnitID] = p.Number
		}
	}
	gone := map[shop.UnitID]bool{}
	for _, u := range given.Units {
		gone[u.UnitID] = true
	}
	var lines []RefundableLine
	for i := range o.Lines {
		l := RefundableLine{OrderLine: &o.Lines[i]}
		for _, u := range l.Units {
			paid := u.PaidNet
			if u.PaidTax != nil {
				paid += *u.PaidTax
			}
			l.Pieces = append(l.Pieces, RefundablePiece{
				ID: u.ID, Position: u.Position, State: pieceState(&u, l.Ships, parcelOf[u.ID]), Paid: paid, Gone: gone[u.ID],
			})
		}
		lines = append(lines, l)
	}
	return lines, err
}

// refundOrder gives back what the page has shown, if that is still so.
func (s *Staff) refundOrder(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	if len(form.Get("units")) > longestUnits {
		return shop.Invalid("These are too many pieces at once.")
	}
	var units []string
	if text := form.Get("units"); text != "" {
		units = strings.Split(text, ",")
	}
	typed := refundIn(units, form, true)
	typed.key = form.Get("key")
	if typed.refusal == nil {
		typed.refusal = s.giveBack(c, in, orders.Refunding{
			Order: order.ID, Choice: typed.choice, Key: typed.key, Expected: centsIn(form, "expected"), Left: centsIn(form, "left"),
		}, form.Get("current"))
	}
	if typed.refusal == nil {
		return c.Redirect(http.StatusSeeOther, orderURL(order.ID)+"?done=refunded#money")
	}
	if order, err = s.reader.OrderByID(c.Request().Context(), order.ID); err != nil {
		return err
	}
	return s.showRefund(c, in, order, typed)
}

func (s *Staff) giveBack(c echo.Context, in database.SignedIn, r orders.Refunding, password string) error {
	if err := r.Choice.CheckReason(); err != nil {
		return err
	}
	if err := s.confirmRefund(c, in, r.Expected, password); err != nil {
		return err
	}
	return s.orders.Refund(c.Request().Context(), in.Staff.Actor(), r)
}

// centsIn is a sum that a form carries, -1, which is never given back, for
// anything else.
func centsIn(form url.Values, name string) shop.Cents {
	n, err := strconv.ParseInt(form.Get(name), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return shop.Cents(n)
}
