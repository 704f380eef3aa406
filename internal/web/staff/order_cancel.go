package staff

import (
	"crypto/rand"
	"fmt"
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

// CancelPage shows what is given back for pieces before they are cancelled.
type CancelPage struct {
	Page
	Order   shop.Order
	Heading string
	Action  string
	Back    string // the order
	Lines   []CancelLine
	Plan    *shop.RefundPlan // nil when there is none to be had
	Units   string           // the pieces in the plan, as the form sends them
	Reason  string
	Restock bool
	Key     string
	Asks    bool // for the password
}

// CancelLine is how many of a line are cancelled.
type CancelLine struct {
	Line    *shop.OrderLine
	Name    string // of its field
	Waiting int
	Typed   string
}

// longestUnits is how long the list of pieces in a form may be.
const longestUnits = 200_000

// cancelTyped is what was typed into the form that cancels.
type cancelTyped struct {
	units   []shop.UnitID
	reason  string
	restock bool
	key     string
	refusal error
}

// cancelPage works out what is given back: for everything that waits, or for
// so many of each line as the address says.
func (s *Staff) cancelPage(c echo.Context, in database.SignedIn) error {
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	units, refusal := chosenOf(&order, c.QueryParams())
	return s.showCancel(c, in, order, cancelTyped{units: units, restock: true, key: rand.Text(), refusal: refusal})
}

func lineField(l *shop.OrderLine) string { return fmt.Sprintf("line-%d", l.ID) }

// chosenOf are the first waiting pieces of each line, as many as were asked
// for; all that wait when nothing was asked for.
func chosenOf(o *shop.Order, asked url.Values) ([]shop.UnitID, error) {
	var units []shop.UnitID
	for i := range o.Lines {
		l := &o.Lines[i]
		waiting := l.Waiting()
		n := len(waiting)
		if asked.Has(lineField(l)) {
			typed := asked.Get(lineField(l))
			q, err := web.ParseQuantity(typed)
			if err != nil || q > n {
				e := shop.Invalid("Of %s, 0 to %d can be cancelled.", l.FullTitle(), n)
				e.Fields = map[string]string{lineField(l): e.Message}
				return nil, e
			}
			n = q
		}
		for _, u := range waiting[:n] {
			units = append(units, u.ID)
		}
	}
	if len(units) == 0 && len(o.Waiting()) > 0 {
		return nil, shop.Invalid("Choose how many are cancelled.")
	}
	return units, nil
}

func (s *Staff) showCancel(c echo.Context, in database.SignedIn, order shop.Order, typed cancelTyped) error {
	p, err := s.page(c, &in, "Cancel pieces of "+orderNumber(order.Number))
	if err != nil {
		return err
	}
	p.Path = ordersURL
	shown := &CancelPage{
		Page: p, Order: order, Heading: p.Title, Action: orderURL(order.ID) + "/cancel", Back: orderURL(order.ID),
		Reason: typed.reason, Restock: typed.restock, Key: typed.key, Units: unitList(typed.units),
	}
	shown.Lines = cancelLines(&order, typed.units, c.QueryParams())
	if len(typed.units) > 0 || typed.refusal == nil {
		given, err := s.reader.Given(c.Request().Context(), order.ID)
		if err != nil {
			return err
		}
		plan, err := shop.PlanCancel(&order, given, typed.units)
		switch {
		case err == nil:
			shown.Plan, shown.Asks = &plan, plan.Amount() > shop.RefundAsksAbove && !in.Session.Confirmed(in.Now)
		case typed.refusal == nil:
			typed.refusal = err
		}
	}
	status := http.StatusOK
	if typed.refusal != nil {
		if status, err = shown.refuse(typed.refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/ordercancel", shown)
}

// cancelLines are the lines with something to cancel, as they were typed or
// as the pieces say.
func cancelLines(o *shop.Order, units []shop.UnitID, typed url.Values) []CancelLine {
	chosen := map[shop.UnitID]bool{}
	for _, id := range units {
		chosen[id] = true
	}
	var lines []CancelLine
	for i := range o.Lines {
		l := &o.Lines[i]
		n, waiting := 0, l.Waiting()
		for _, u := range waiting {
			if chosen[u.ID] {
				n++
			}
		}
		line := CancelLine{Line: l, Name: lineField(l), Waiting: len(waiting), Typed: strconv.Itoa(n)}
		if typed.Has(line.Name) {
			line.Typed = typed.Get(line.Name)
		}
		if len(waiting) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

func unitList(units []shop.UnitID) string {
	texts := make([]string, len(units))
	for i, id := range units {
		texts[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(texts, ",")
}

// cancelOrder cancels the pieces that the page has named, if the sum is still
// what the page said.
func (s *Staff) cancelOrder(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	typed := cancelTyped{reason: form.Get("reason"), restock: form.Get("restock") != "", key: form.Get("key")}
	if len(form.Get("units")) > longestUnits {
		return shop.Invalid("These are too many pieces at once.")
	}
	if typed.units, err = unitsIn(strings.Split(form.Get("units"), ",")); err != nil {
		return s.showCancel(c, in, order, cancelTyped{restock: true, key: rand.Text(), reason: typed.reason, refusal: err})
	}
	expected := centsIn(form, "expected")
	err = s.confirmRefund(c, in, expected, form.Get("current"))
	if err == nil {
		err = s.orders.Cancel(c.Request().Context(), in.Staff.Actor(), orders.Cancellation{
			Order: order.ID, Units: typed.units, Reason: typed.reason, Restock: typed.restock, Key: typed.key, Expected: expected,
		})
	}
	if err != nil {
		typed.refusal = err
		if order, err = s.reader.OrderByID(c.Request().Context(), order.ID); err != nil {
			return err
		}
		return s.showCancel(c, in, order, typed)
	}
	return c.Redirect(http.StatusSeeOther, orderURL(order.ID)+"?done=cancelled")
}

// confirmRefund asks for the password before much money is given back. The
// amount is the one the form names: orders.Cancel gives back no other.
func (s *Staff) confirmRefund(c echo.Context, in database.SignedIn, amount shop.Cents, password string) error {
	if amount <= shop.RefundAsksAbove || in.Session.Confirmed(in.Now) {
		return nil
	}
	if password == "" {
		e := shop.Invalid("Give your password: this gives back more than %s.", shop.RefundAsksAbove.Short())
		e.Fields = map[string]string{"current": e.Message}
		return e
	}
	return s.access.Confirm(c.Request().Context(), in, password, visitor(c))
}
