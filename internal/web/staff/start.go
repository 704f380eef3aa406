package staff

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// StartPage is the first page: what waits for somebody, then how the shop
// does. Everybody sees of it what their role may do.
type StartPage struct {
	Page
	Tasks  []Task
	Alarms []shop.Alarm // the newest that are open
	More   bool         // more alarms are open
	Sales  *SalesChart  // nil for those who may not see orders
}

// Task is something that waits for somebody.
type Task struct {
	Count string // "12", or "99+"
	Title string // what there are so many of
	URL   string // where it is done
	Harm  bool   // costs somebody money or trust while it waits
}

// startAlarms is how many alarms the page shows.
const startAlarms = 5

// startDays is how many days the chart has.
const startDays = 30

// mostTasks is how far tasks are counted.
const mostTasks = 1000

func (s *Staff) start(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Start")
	if err != nil {
		return err
	}
	shown := &StartPage{Page: p}
	ctx := c.Request().Context()
	for _, part := range []struct {
		needs shop.Action
		read  func(context.Context, *StartPage) error
	}{
		{shop.CanSeeOrders, s.ordersPart},
		{shop.CanMoveStock, s.stockPart},
		{shop.CanOperate, s.systemPart},
		{shop.CanSeeOrders, s.salesPart},
	} {
		if !in.Staff.May(part.needs) {
			continue
		}
		if err := part.read(ctx, shown); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/start", shown)
}

// wait adds a task if there is any of it.
func (p *StartPage) wait(n int64, one, many, url string, harm bool) {
	if n == 0 {
		return
	}
	t := Task{Count: fmt.Sprint(n), Title: many, URL: url, Harm: harm}
	if n == 1 {
		t.Title = one
	}
	if n >= mostTasks {
		t.Count = fmt.Sprintf("%d+", mostTasks-1)
	}
	p.Tasks = append(p.Tasks, t)
}

// ordersPart is what somebody must send, decide or give back.
func (s *Staff) ordersPart(ctx context.Context, p *StartPage) error {
	n, err := s.reader.OrderQueueCounts(ctx, mostTasks)
	p.wait(n.ToShip, "order to ship", "orders to ship", "/staff/orders", false)
	p.wait(n.Review, "order needs a look", "orders need a look", "/staff/orders?tab=review", true)
	p.wait(n.Money, "payment without an order", "payments without an order", "/staff/orders?tab=money", true)
	if err != nil {
		return err
	}
	disputes, err := s.reader.DisputeCount(ctx, mostTasks)
	p.wait(disputes, "dispute to answer", "disputes to answer", disputesURL, true)
	return err
}

func (s *Staff) stockPart(ctx context.Context, p *StartPage) error {
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	n, err := s.reader.StockCounts(ctx, int64(settings.LowStockAt), mostTasks)
	p.wait(n.Out, "size is sold out", "sizes are sold out", "/staff/stock/low?show=out", false)
	p.wait(n.Low, "size is nearly sold out", "sizes are nearly sold out", "/staff/stock/low?show=low", false)
	return err
}

// systemPart is what did not work by itself.
func (s *Staff) systemPart(ctx context.Context, p *StartPage) error {
	n, err := s.reader.WaitingCounts(ctx, mostTasks)
	if err != nil {
		return err
	}
	p.wait(int64(n.Dead), "job was given up", "jobs were given up", "/staff/system/jobs?state=dead", true)
	if p.Alarms, err = s.reader.OpenAlarms(ctx, startAlarms+1); len(p.Alarms) > startAlarms {
		p.Alarms, p.More = p.Alarms[:startAlarms], true
	}
	return err
}

func (s *Staff) salesPart(ctx context.Context, p *StartPage) error {
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	days, err := s.reader.SalesByDay(ctx, shop.LastDays(now, p.zoneOrUTC(), startDays))
	if err == nil {
		p.Sales = chartOf(days, p.zoneOrUTC())
	}
	return err
}

// SalesChart is what was paid on the last days, as bars.
type SalesChart struct {
	Orders int64
	Amount shop.Cents
	Most   shop.Cents // on the best day
	Bars   []SalesBar
}

// SalesBar is one day.
type SalesBar struct {
	Day     string // "Nov 22"
	Date    string // 2026-11-22
	Orders  int64
	Amount  shop.Cents
	X, Y, H int // in the drawing
}

// The drawing's measures.
const (
	barWidth  = 20
	barHeight = 100
)

// chartOf draws days; the best is as high as the drawing, and one with any
// sale can be seen.
func chartOf(days []shop.DaySales, zone *time.Location) *SalesChart {
	c := &SalesChart{}
	for _, d := range days {
		c.Orders, c.Amount, c.Most = c.Orders+d.Orders, c.Amount+d.Amount, max(c.Most, d.Amount)
	}
	for i, d := range days {
		bar := SalesBar{
			Day: d.Day.In(zone).Format("Jan 2"), Date: d.Day.In(zone).Format(time.DateOnly),
			Orders: d.Orders, Amount: d.Amount, X: i * barWidth,
		}
		if d.Amount > 0 {
			bar.H = max(1, int(int64(d.Amount)*barHeight/int64(c.Most)))
		}
		bar.Y = barHeight - bar.H
		c.Bars = append(c.Bars, bar)
	}
	return c
}

// Width is how wide the drawing is.
func (c *SalesChart) Width() int { return len(c.Bars) * barWidth }
