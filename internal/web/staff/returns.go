package staff

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// returnsURL is the list of returns.
const returnsURL = "/staff/returns"

// returnRows is how many returns the list shows.
const returnRows = 100

// returnRoutes are the addresses of returns.
func (s *Staff) returnRoutes(e *echo.Echo) {
	take := shop.CanTakeBack
	web.Get(e, returnsURL, s.allow(take, s.returnList))
	web.Get(e, "/staff/returns/:id", s.allow(take, s.returnPage))
	e.POST("/staff/returns/:id/receive", s.allow(take, s.receiveReturn))
	e.POST("/staff/returns/:id/sent", s.allow(take, s.returnSent))
	e.POST("/staff/returns/:id/cancel", s.allow(take, s.cancelReturn))
	e.POST("/staff/returns/:id/close", s.allow(take, s.closeReturn))
	web.Get(e, "/staff/orders/:id/return", s.allow(take, s.askReturnPage))
	e.POST("/staff/orders/:id/return", s.allow(take, s.askReturn))
}

// returnSentences are what is said after a form about returns.
var returnSentences = map[string]string{
	"return-asked":     "The return is written down. What is exchanged is held.",
	"return-received":  "What came is settled: money goes back, other sizes are ready to be sent.",
	"return-sent":      "The carrier has it.",
	"return-cancelled": "The return is cancelled. What was held is free.",
	"return-closed":    "The return is closed.",
}

// ReturnsPage lists returns.
type ReturnsPage struct {
	Page
	Queue  database.ReturnQueue
	Rows   []ReturnLine
	More   bool
	Number string // as it was typed or scanned
}

// ReturnLine is a return in the list.
type ReturnLine struct {
	database.ReturnRow
	URL, Order, OrderURL string
	Late                 bool // its answer is overdue
}

func returnURL(id shop.ReturnID) string { return fmt.Sprintf("%s/%d", returnsURL, id) }

// returnList lists a queue, or leads to the return whose number was typed or
// scanned.
func (s *Staff) returnList(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Returns")
	if err != nil {
		return err
	}
	shown := &ReturnsPage{Page: p, Queue: database.ReturnQueue(c.QueryParam("show")), Number: c.QueryParam("number")}
	if shown.Queue == "" {
		shown.Queue = database.ReturnsHere
	}
	ctx, status := c.Request().Context(), http.StatusOK
	if shown.Number != "" {
		found, err := s.reader.ReturnByNumber(ctx, returnNumberIn(shown.Number))
		if err == nil {
			return c.Redirect(http.StatusSeeOther, returnURL(found.ID))
		}
		if !shop.IsNotFound(err) {
			return err
		}
		status, shown.Error = http.StatusUnprocessableEntity, "There is no return with this number."
		shown.Fields = map[string]string{"number": shown.Error}
	}
	rows, err := s.reader.ReturnList(ctx, shown.Queue, returnRows+1)
	if err != nil {
		return err
	}
	if shown.More = len(rows) > returnRows; shown.More {
		rows = rows[:returnRows]
	}
	for _, r := range rows {
		shown.Rows = append(shown.Rows, ReturnLine{
			ReturnRow: r, URL: returnURL(r.ID), Order: orderNumber(r.OrderNumber), OrderURL: orderURL(r.OrderID),
			Late: r.AnswerDueAt != nil && r.AnswerDueAt.Before(in.Now),
		})
	}
	return s.kit.RenderStaff(c, status, "staff/returns", shown)
}

// returnNumberIn reads "R1042" as people and scanners write it; 0 for what is
// none.
func returnNumberIn(typed string) int64 {
	typed = strings.ToUpper(strings.TrimSpace(typed))
	n, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimPrefix(typed, "#"), "R"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
