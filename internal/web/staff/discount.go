package staff

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// DiscountPage is one discount code with the orders that have it, or a new
// one.
type DiscountPage struct {
	Page
	Action      string
	Saved       shop.Discount // as it is, zero for a new one
	State       string
	Typed       TypedDiscount
	Zone        string // in which its times are
	Collections []CollectionChoice
	Orders      []DiscountOrderLine
	First       bool // nothing is before these orders
	Next        string
	Entries     []AuditLine
}

// CollectionChoice is a collection that a code may be for.
type CollectionChoice struct {
	ID     shop.CollectionID
	Title  string
	Ticked bool
}

// DiscountOrderLine is an order that has, or had, a use of the code.
type DiscountOrderLine struct {
	database.DiscountOrder
	Name string // "#1001", or "not paid"
	URL  string
}

// UseText is the state of the use in words.
func (l DiscountOrderLine) UseText() string {
	switch l.State {
	case shop.UseHeld:
		return "held while it is being paid"
	case shop.UseReleased:
		return "given back"
	case shop.UseLate:
		return "used beyond the limit: it was paid after its use had been given back"
	}
	return "used"
}

func (s *Staff) newDiscount(c echo.Context, in database.SignedIn) error {
	return s.showNewDiscount(c, in, TypedDiscount{Kind: string(shop.DiscountPercent), Scope: string(shop.ScopeAll)}, nil)
}

func (s *Staff) showNewDiscount(c echo.Context, in database.SignedIn, typed TypedDiscount, refusal error) error {
	p, err := s.page(c, &in, "New discount code")
	if err != nil {
		return err
	}
	p.Path = discountsURL
	shown := &DiscountPage{Page: p, Action: discountsURL + "/new", Typed: typed, Zone: p.zoneOrUTC().String()}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	if shown.Collections, err = s.collectionChoices(c.Request().Context(), typed.Collections); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/discount_new", shown)
}

func (s *Staff) makeDiscount(c echo.Context, in database.SignedIn) error {
	form, err := web.FormUpTo(c, 2*database.MostCollections)
	if err != nil {
		return err
	}
	typed := typedDiscount(form)
	read, refusal := s.readDiscount(c.Request().Context(), typed)
	if refusal == nil {
		var made shop.Discount
		if made, refusal = s.discounts.Make(c.Request().Context(), in.Staff.Actor(), read); refusal == nil {
			return c.Redirect(http.StatusSeeOther, discountURL(made.ID)+"?done=code-made")
		}
	}
	return s.showNewDiscount(c, in, typed, refusal)
}

func (s *Staff) discount(c echo.Context, in database.SignedIn) error {
	return s.showDiscount(c, in, nil, nil)
}

func (s *Staff) saveDiscount(c echo.Context, in database.SignedIn) error {
	id, err := discountID(c)
	if err != nil {
		return err
	}
	form, err := web.FormUpTo(c, 2*database.MostCollections)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	saved, err := s.reader.DiscountByID(ctx, id)
	if err != nil {
		return err
	}
	typed := typedDiscount(form)
	typed.Code = saved.Code
	read, refusal := s.readDiscount(ctx, typed)
	if refusal == nil {
		read.Discount.ID, read.Discount.Version = id, typed.Version
		refusal = s.discounts.Save(ctx, in.Staff.Actor(), read)
	}
	if refusal != nil {
		return s.showDiscount(c, in, &typed, refusal)
	}
	return c.Redirect(http.StatusSeeOther, discountURL(id)+"?done=code-kept")
}

// switchDiscount takes a code out of use, or puts it back.
func (s *Staff) switchDiscount(on bool) handler {
	word := "code-ended"
	if on {
		word = "code-restored"
	}
	return func(c echo.Context, in database.SignedIn) error {
		id, err := discountID(c)
		if err != nil {
			return err
		}
		form, err := web.FormValues(c)
		if err != nil {
			return err
		}
		if err := s.discounts.Switch(c.Request().Context(), in.Staff.Actor(), id, versionIn(form), on); err != nil {
			return s.showDiscount(c, in, nil, err)
		}
		return c.Redirect(http.StatusSeeOther, discountURL(id)+"?done="+word)
	}
}

func discountID(c echo.Context) (shop.DiscountID, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return 0, shop.NotFound("There is no such discount code.")
	}
	return shop.DiscountID(id), nil
}

// showDiscount shows a code, after a refusal with what was typed.
func (s *Staff) showDiscount(c echo.Context, in database.SignedIn, typed *TypedDiscount, refusal error) error {
	id, err := discountID(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	shown := &DiscountPage{Action: discountURL(id)}
	if shown.Saved, err = s.reader.DiscountByID(ctx, id); err != nil {
		return err
	}
	if shown.Page, err = s.page(c, &in, shown.Saved.Code); err != nil {
		return err
	}
	shown.Path, shown.Zone = discountsURL, shown.zoneOrUTC().String()
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	shown.State = shown.Saved.StateAt(now)
	if shown.Typed, err = s.typedOf(ctx, shown.Saved, shown.zoneOrUTC()); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
		if typed != nil {
			typed.Version = shown.Saved.Version // the next try has seen what is below
			shown.Typed = *typed
		}
	}
	if err := s.fillDiscount(c, shown); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/discount", shown)
}

// fillDiscount reads what stands around the form.
func (s *Staff) fillDiscount(c echo.Context, shown *DiscountPage) error {
	ctx, id := c.Request().Context(), shown.Saved.ID
	var err error
	if shown.Collections, err = s.collectionChoices(ctx, shown.Typed.Collections); err != nil {
		return err
	}
	from := before(c)
	shown.First = from == 0
	orders, err := s.reader.DiscountOrders(ctx, id, shop.OrderID(from), discountsPage+1)
	if err != nil {
		return err
	}
	if len(orders) > discountsPage {
		orders = orders[:discountsPage]
		shown.Next = fmt.Sprintf("%s?before=%d#uses", discountURL(id), orders[len(orders)-1].OrderID)
	}
	for _, o := range orders {
		line := DiscountOrderLine{DiscountOrder: o, Name: "without a number", URL: fmt.Sprintf("/staff/orders/%d", o.OrderID)}
		if o.Number != nil {
			line.Name = fmt.Sprintf("#%d", *o.Number)
		}
		shown.Orders = append(shown.Orders, line)
	}
	shown.Entries, err = s.auditLines(ctx, database.AuditSearch{ThingKind: "discount", ThingID: fmt.Sprint(id), Limit: personEntries})
	return err
}

func (s *Staff) collectionChoices(ctx context.Context, ticked []shop.CollectionID) ([]CollectionChoice, error) {
	list, err := s.reader.CollectionNames(ctx)
	var choices []CollectionChoice
	for _, c := range list {
		choices = append(choices, CollectionChoice{c.ID, c.Title, slices.Contains(ticked, c.ID)})
	}
	return choices, err
}

// readDiscount reads a form; what cannot be read is refused field by field.
func (s *Staff) readDiscount(ctx context.Context, typed TypedDiscount) (checkout.DiscountForm, error) {
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return checkout.DiscountForm{}, err
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return checkout.DiscountForm{}, err
	}
	return typed.read(settings.Location(), now)
}
