package staff

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/returns"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// ReturnAskPage is the form in which staff ask for pieces to come back, in the
// customer's name.
type ReturnAskPage struct {
	Page
	Heading  string
	Action   string
	Back     string
	Pieces   []ReturnablePiece
	Reasons  []shop.ReasonGroup
	Override string
	Key      string
	Asks     bool // some piece needs a reason of staff's
	None     bool // nothing of it can come back
}

// ReturnablePiece is a piece that may come back, or why it does not.
type ReturnablePiece struct {
	ID       shop.UnitID
	Title    string
	Position string // "2 of 3", "" for the only one
	Until    string // the last day
	Refusal  string
	May      bool // staff can ask for it, with a reason where there is a Refusal
	Sizes    []SizeChoice
	Form     WishForm
}

// SizeChoice is another size with what is free of it.
type SizeChoice struct {
	ID    shop.VariantID
	Title string
	Free  bool
}

// WishForm is what was filled in for a piece.
type WishForm struct {
	Chosen          bool
	Reason, Comment string
	Size            string // the variant's id, "" for a refund
}

func (s *Staff) askReturnPage(c echo.Context, in database.SignedIn) error {
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	return s.showReturnAsk(c, in, order, url.Values{"key": {rand.Text()}}, nil)
}

func (s *Staff) showReturnAsk(c echo.Context, in database.SignedIn, order shop.Order, form url.Values, refusal error) error {
	p, err := s.page(c, &in, "Take back from "+orderNumber(order.Number))
	if err != nil {
		return err
	}
	p.Path = ordersURL
	shown := &ReturnAskPage{
		Page: p, Heading: p.Title, Action: orderURL(order.ID) + "/return", Back: orderURL(order.ID), Reasons: shop.ReturnReasons(),
		Override: form.Get("override"), Key: form.Get("key"), None: true,
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	ctx := c.Request().Context()
	pieces, err := s.returns.Pieces(ctx, order.ID)
	if err != nil {
		return err
	}
	sizes, err := s.orderSizes(c, &order)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		r := returnablePiece(piece, p, form)
		for _, size := range sizes[piece.Line.ProductID] {
			if size.ID != piece.Line.VariantID {
				r.Sizes = append(r.Sizes, size)
			}
		}
		shown.Pieces = append(shown.Pieces, r)
		shown.Asks = shown.Asks || r.May && r.Refusal != ""
		shown.None = shown.None && !r.May
	}
	return s.kit.RenderStaff(c, status, "staff/returnask", shown)
}

func returnablePiece(piece returns.Piece, p Page, form url.Values) ReturnablePiece {
	name := fmt.Sprintf("unit-%d", piece.Unit.ID)
	r := ReturnablePiece{
		ID: piece.Unit.ID, Title: piece.Line.FullTitle(), Refusal: piece.Refusal, May: piece.Refusal == "" || piece.Staff,
		Form: WishForm{form.Get(name) != "", form.Get(name + "-reason"), form.Get(name + "-comment"), form.Get(name + "-size")},
	}
	if piece.Line.Quantity > 1 {
		r.Position = fmt.Sprintf("%d of %d", piece.Unit.Position, piece.Line.Quantity)
	}
	if !piece.Ends.IsZero() {
		r.Until = piece.Ends.Add(-1).In(p.zoneOrUTC()).Format("January 2, 2006")
	}
	return r
}

// orderSizes are the sizes of an order's shoes, by product.
func (s *Staff) orderSizes(c echo.Context, order *shop.Order) (map[shop.ProductID][]SizeChoice, error) {
	var ids []shop.ProductID
	for _, l := range order.Lines {
		ids = append(ids, l.ProductID)
	}
	products, err := s.reader.ProductsByIDs(c.Request().Context(), ids)
	if err != nil {
		return nil, err
	}
	sizes := map[shop.ProductID][]SizeChoice{}
	for i := range products {
		for j := range products[i].Variants {
			v := &products[i].Variants[j]
			sizes[products[i].ID] = append(sizes[products[i].ID], SizeChoice{v.ID, v.PublicTitle(), v.Available()})
		}
	}
	return sizes, nil
}

// askReturn writes the return down.
func (s *Staff) askReturn(c echo.Context, in database.SignedIn) error {
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	asked := returns.Asking{Order: order.ID, Key: form.Get("key"), Override: form.Get("override")}
	for _, l := range order.Lines {
		for _, u := range l.Units {
			if name := fmt.Sprintf("unit-%d", u.ID); form.Get(name) != "" {
				asked.Wishes = append(asked.Wishes, wishIn(form, name, u.ID))
			}
		}
	}
	made, err := s.returns.Request(c.Request().Context(), in.Staff.Actor(), asked)
	if err != nil {
		return s.showReturnAsk(c, in, order, form, err)
	}
	return c.Redirect(http.StatusSeeOther, returnURL(made.ID)+"?done=return-asked")
}

// wishIn reads what is wanted for one piece: a size means an exchange.
func wishIn(form url.Values, name string, id shop.UnitID) returns.Wish {
	w := returns.Wish{
		Unit: id, Reason: shop.ReturnReason(form.Get(name + "-reason")), Comment: form.Get(name + "-comment"), Outcome: shop.OutcomeRefund,
	}
	if size := form.Get(name + "-size"); size != "" {
		w.Outcome = shop.OutcomeExchange
		if n, err := strconv.ParseInt(size, 10, 64); err == nil && n > 0 {
			w.Variant = shop.VariantID(n)
		}
	}
	return w
}
