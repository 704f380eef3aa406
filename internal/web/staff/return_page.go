package staff

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/returns"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// ReturnPage is everything about one return, and the form in which what came
// is written down.
type ReturnPage struct {
	Page
	Return       shop.Return
	Heading      string
	Action       string
	Order        shop.Order
	OrderNumber  string
	OrderURL     string
	Pieces       []ReturnPiece
	Open         bool // something may still come
	Late         bool // the answer is overdue
	Conditions   []shop.Choice
	Dispositions []shop.Choice
	Why          string // typed
}

// ReturnPiece is a piece of a return.
type ReturnPiece struct {
	shop.ReturnUnit
	Title     string
	Wants     string // "a refund of $50.00", "an exchange for 9.5"
	WantsURL  string // the order by which another size is sent
	State     string
	Form      PieceForm
	Name      string // of its fields
	OpenStill bool
}

// PieceForm is what was filled in for a piece.
type PieceForm struct{ Came, Condition, Disposition, Note string }

// The answers to whether a piece came.
const (
	pieceCame    = "here"
	pieceMissing = "missing"
	pieceLater   = "" // nothing is said of it
)

func (s *Staff) returnPage(c echo.Context, in database.SignedIn) error {
	found, err := s.askedReturn(c)
	if err != nil {
		return err
	}
	return s.showReturn(c, in, found, nil, nil)
}

func (s *Staff) askedReturn(c echo.Context) (shop.Return, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return shop.Return{}, shop.NotFound("There is no such return.")
	}
	return s.reader.Return(c.Request().Context(), shop.ReturnID(id))
}

// showReturn shows a return, with a form that was refused if there was one.
func (s *Staff) showReturn(c echo.Context, in database.SignedIn, r shop.Return, form url.Values, refusal error) error {
	p, err := s.page(c, &in, fmt.Sprintf("Return R%d", r.Number))
	if err != nil {
		return err
	}
	p.Path = returnsURL
	shown := &ReturnPage{
		Page: p, Return: r, Heading: p.Title, Action: returnURL(r.ID), Open: r.State.Open(), Why: form.Get("why"),
		Conditions: shop.Conditions(), Dispositions: shop.Dispositions(), Late: r.AnswerDueAt != nil && r.AnswerDueAt.Before(in.Now),
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	ctx := c.Request().Context()
	if shown.Order, err = s.reader.OrderByID(ctx, r.OrderID); err != nil {
		return err
	}
	shown.OrderNumber, shown.OrderURL = orderNumber(shown.Order.Number), orderURL(r.OrderID)
	var others []shop.VariantID
	for _, u := range r.Units {
		if u.VariantID != nil {
			others = append(others, *u.VariantID)
		}
	}
	variants, err := s.reader.VariantsByIDs(ctx, others)
	if err != nil {
		return err
	}
	for _, u := range r.Units {
		shown.Pieces = append(shown.Pieces, returnPiece(&shown.Order, u, variants, form))
	}
	return s.kit.RenderStaff(c, status, "staff/return", shown)
}

func returnPiece(o *shop.Order, u shop.ReturnUnit, variants map[shop.VariantID]shop.Product, form url.Values) ReturnPiece {
	p := ReturnPiece{ReturnUnit: u, Name: fmt.Sprintf("piece-%d", u.ID), Wants: "its money back", OpenStill: u.EndedAt == nil}
	for i := range o.Lines {
		for _, unit := range o.Lines[i].Units {
			if unit.ID == u.UnitID {
				p.Title = o.Lines[i].FullTitle()
			}
		}
	}
	if u.VariantID != nil {
		p.Wants, p.WantsURL = "another size", orderURL(*u.ExchangeID)
		if product, ok := variants[*u.VariantID]; ok {
			p.Wants = product.Variants[0].PublicTitle() + " instead"
		}
	}
	p.State = map[shop.Reception]string{
		shop.ReceptionAwaited: "awaited", shop.ReceptionReceived: "came back", shop.ReceptionMissing: "was missing", shop.ReceptionOver: "stays with the customer",
	}[u.Reception]
	p.Form = PieceForm{Came: pieceLater, Condition: string(shop.ConditionNew), Disposition: string(shop.DispositionRestock)}
	if form != nil {
		p.Form = PieceForm{form.Get(p.Name), form.Get(p.Name + "-condition"), form.Get(p.Name + "-to"), form.Get(p.Name + "-note")}
	}
	return p
}

// receiveReturn writes down what came.
func (s *Staff) receiveReturn(c echo.Context, in database.SignedIn) error {
	found, err := s.askedReturn(c)
	if err != nil {
		return err
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	receipt := returns.Receipt{Return: found.ID}
	for _, u := range found.Units {
		name := fmt.Sprintf("piece-%d", u.ID)
		if came := form.Get(name); came == pieceCame || came == pieceMissing {
			receipt.Pieces = append(receipt.Pieces, returns.Found{
				Unit: u.ID, Missing: came == pieceMissing, Condition: shop.Condition(form.Get(name + "-condition")),
				Disposition: shop.Disposition(form.Get(name + "-to")), Note: form.Get(name + "-note"),
			})
		}
	}
	if _, err := s.returns.Receive(c.Request().Context(), in.Staff.Actor(), receipt); err != nil {
		return s.showReturn(c, in, found, form, err)
	}
	return c.Redirect(http.StatusSeeOther, returnURL(found.ID)+"?done=return-received")
}

func (s *Staff) returnSent(c echo.Context, in database.SignedIn) error {
	return s.endReturn(c, in, "return-sent", func(id shop.ReturnID, _ url.Values) error {
		return s.returns.MarkSent(c.Request().Context(), in.Staff.Actor(), id)
	})
}

func (s *Staff) cancelReturn(c echo.Context, in database.SignedIn) error {
	return s.endReturn(c, in, "return-cancelled", func(id shop.ReturnID, _ url.Values) error {
		return s.returns.Cancel(c.Request().Context(), in.Staff.Actor(), id)
	})
}

func (s *Staff) closeReturn(c echo.Context, in database.SignedIn) error {
	return s.endReturn(c, in, "return-closed", func(id shop.ReturnID, form url.Values) error {
		return s.returns.CloseWithout(c.Request().Context(), in.Staff.Actor(), id, form.Get("why"))
	})
}

// endReturn does one thing with a return and leads back to it.
func (s *Staff) endReturn(c echo.Context, in database.SignedIn, word string, do func(shop.ReturnID, url.Values) error) error {
	found, err := s.askedReturn(c)
	if err != nil {
		return err
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if err := do(found.ID, form); err != nil {
		return s.showReturn(c, in, found, form, err)
	}
	return c.Redirect(http.StatusSeeOther, returnURL(found.ID)+"?done="+word)
}
