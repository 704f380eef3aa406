package staff

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/web"
)

// SellPage sells over the counter, scan after scan.
type SellPage struct {
	Stock
	Code    string // as typed
	Choices []shop.StockLine
	Answer  *SellAnswer
	Recent  []MovementRow // one's own last sales
}

// SellAnswer tells what the last scan did.
type SellAnswer struct {
	Line     shop.StockLine
	Movement int64
	Undone   bool
	MayUndo  bool
	Again    bool // the form had been sent before
}

// recentSales is how many of one's own sales the page shows.
const recentSales = 8

func (s *Staff) sellPage(c echo.Context, in database.SignedIn) error {
	shown := &SellPage{}
	if typed := c.QueryParam("sold"); typed != "" {
		answer, err := s.sellAnswer(c.Request().Context(), in, typed)
		if err != nil {
			return err
		}
		answer.Again = c.QueryParam("again") != ""
		shown.Answer = &answer
	}
	return s.showSell(c, in, shown, nil)
}

func (s *Staff) showSell(c echo.Context, in database.SignedIn, shown *SellPage, refusal error) (err error) {
	typed := shown.Key
	if shown.Stock, err = s.stockPage(c, in, "Sell in store"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	shown.keepKey(typed, status)
	ctx := c.Request().Context()
	recent, _, err := s.reader.Movements(ctx, database.MovementSearch{Who: in.Staff.Actor(), CauseKind: shop.CauseStore, Limit: recentSales})
	if err != nil {
		return err
	}
	if shown.Recent, err = s.movementRows(ctx, recent); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/stocksell", shown)
}

// sellAnswer tells of a sale in store, by the id of its movement.
func (s *Staff) sellAnswer(ctx context.Context, in database.SignedIn, typed string) (SellAnswer, error) {
	id, err := web.ParseID(typed)
	if err != nil {
		return SellAnswer{}, shop.NotFound("There is no such sale.")
	}
	sold, err := s.reader.MovementByID(ctx, id)
	if err != nil {
		return SellAnswer{}, err
	}
	if sold.CauseKind != shop.CauseStore || sold.Step != shop.StepSold {
		return SellAnswer{}, shop.NotFound("There is no such sale.")
	}
	lines, err := s.reader.StockLines(ctx, []shop.VariantID{sold.VariantID})
	if err != nil {
		return SellAnswer{}, err
	}
	answer := SellAnswer{Line: lines[sold.VariantID], Movement: sold.ID}
	if answer.Undone, err = stock.Undone(ctx, s.reader, sold); err != nil {
		return answer, err
	}
	answer.MayUndo = !answer.Undone && stock.MayUndo(sold, in.Staff.Actor(), in.Now)
	return answer, nil
}

func (s *Staff) sell(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	shown := &SellPage{Code: form.Get("code")}
	shown.Key = form.Get("key")
	sale := stock.Sale{Code: shown.Code, Key: shown.Key}
	if typed := form.Get("variant"); typed != "" {
		id, err := web.ParseID(typed)
		if err != nil {
			return s.showSell(c, in, shown, shop.Invalid("Choose one of the sizes."))
		}
		sale.Variant = shop.VariantID(id)
	}
	sold, err := s.stock.SellInStore(c.Request().Context(), in.Staff.Actor(), sale)
	if err != nil {
		return s.showSell(c, in, shown, err)
	}
	if len(sold.Choices) > 0 {
		shown.Choices = sold.Choices
		return s.showSell(c, in, shown, nil)
	}
	to := fmt.Sprintf("/staff/stock/sell?sold=%d", sold.Movement.ID)
	if sold.Repeated {
		to += "&again=1"
	}
	return c.Redirect(http.StatusSeeOther, to)
}

func (s *Staff) undoSale(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, err := web.ParseID(form.Get("movement"))
	if err != nil {
		return shop.NotFound("There is no such sale.")
	}
	if _, err := s.stock.Undo(c.Request().Context(), in.Staff.Actor(), id); err != nil {
		return s.showSell(c, in, &SellPage{}, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("/staff/stock/sell?sold=%d", id))
}
