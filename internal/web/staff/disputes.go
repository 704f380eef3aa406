package staff

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// disputesURL is the list of disputes.
const disputesURL = "/staff/disputes"

// disputeRows is how many disputes a page lists.
const disputeRows = 50

// disputeRoutes are the addresses of disputes. Who gives money back may also
// fight for it.
func (s *Staff) disputeRoutes(e *echo.Echo) {
	web.Get(e, disputesURL, s.allow(shop.CanSeeOrders, s.disputes))
	web.Get(e, "/staff/disputes/:id", s.allow(shop.CanSeeOrders, s.dispute))
	answer := shop.CanRefund
	e.POST("/staff/disputes/:id/answer", s.allow(answer, s.draftAnswer))
	web.Get(e, "/staff/disputes/:id/send", s.allow(answer, s.sendPage))
	e.POST("/staff/disputes/:id/send", s.allow(answer, s.sendAnswer))
}

// disputeSentences are what is said after a form about disputes.
var disputeSentences = map[string]string{
	"dispute-kept": "The answer is kept, here and at Stripe. The bank has not seen it.",
	"dispute-sent": "The answer goes to the bank. Its decision can take two months or more.",
}

// DisputesPage is a list of disputes.
type DisputesPage struct {
	Page
	Tabs  []OrderTab
	Tab   database.DisputeTab
	About string // what the list holds
	Rows  []DisputeLine
	Next  string
}

// DisputeLine is a dispute in a list.
type DisputeLine struct {
	shop.Dispute
	URL   string
	Order string // "#1001"
	Left  string // until it must be answered: "2 days", "" for what need not be
	Soon  bool   // that is not long
}

var disputeTabs = []struct {
	tab          database.DisputeTab
	title, about string
}{
	{database.DisputesToAnswer, "To answer", "Banks wait for the shop's answer to these, the soonest end first. What is not answered in time is lost."},
	{database.DisputesAtBank, "With the bank", "Answered, or not to be answered. The bank decides."},
	{database.DisputesDecided, "Decided", "Won, lost, or closed without a dispute."},
}

func (s *Staff) disputes(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Disputes")
	if err != nil {
		return err
	}
	shown := &DisputesPage{Page: p, Tab: database.DisputeTab(c.QueryParam("tab"))}
	if !shown.Tab.Known() {
		shown.Tab = database.DisputesToAnswer
	}
	after, err := database.ParseMoment(c.QueryParam("after"))
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	waiting, err := s.reader.DisputeCount(ctx, mostCounted)
	if err != nil {
		return err
	}
	shown.tabs(waiting)
	rows, err := s.reader.Disputes(ctx, shown.Tab, after, disputeRows+1)
	if err != nil {
		return err
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	if len(rows) > disputeRows {
		rows = rows[:disputeRows]
		last := rows[disputeRows-1].Moment(shown.Tab)
		shown.Next = systemList(disputesURL, map[string]string{"tab": string(shown.Tab), "after": last.String()})
	}
	for _, r := range rows {
		shown.Rows = append(shown.Rows, disputeLine(r.Dispute, r.OrderNumber, now))
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/disputes", shown)
}

func (p *DisputesPage) tabs(waiting int64) {
	for _, t := range disputeTabs {
		tab := OrderTab{Title: t.title, URL: systemList(disputesURL, map[string]string{"tab": string(t.tab)}), Current: t.tab == p.Tab}
		switch {
		case t.tab != database.DisputesToAnswer:
		case waiting >= mostCounted:
			tab.Count = fmt.Sprintf("%d+", mostCounted-1)
		default:
			tab.Count = fmt.Sprint(waiting)
		}
		if tab.Current {
			p.About = t.about
		}
		p.Tabs = append(p.Tabs, tab)
	}
}

// disputeLine is a dispute as a list and an order's page show it.
func disputeLine(d shop.Dispute, number *int64, now shop.Instant) DisputeLine {
	line := DisputeLine{Dispute: d, URL: shop.DisputeURL(d.ID), Order: orderNumber(number)}
	if !d.Open() || d.DueAt == nil {
		return line
	}
	line.Soon = !now.Before(d.DueAt.Add(-shop.FirstReminder()))
	if line.Left = age(now, *d.DueAt); d.DueAt.Before(now) {
		line.Left = "too late"
	}
	return line
}
