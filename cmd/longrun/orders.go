package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"longrun/internal/app"
	"longrun/internal/shop"
)

const ordersUsage = `longrun orders list [--limit N] [--before ID] [--json]
longrun orders show NUMBER [--json]
longrun orders show --id ID [--json]

Lists orders, the newest first, or shows one with its lines, refunds and timeline.
An order that is not paid has no number yet; it is shown by its id.`

func ordersCommand(ctx context.Context, e *environment) int {
	f := e.flags(ordersUsage)
	asJSON := f.Bool("json", false, "write JSON")
	limit := f.Int("limit", 50, "how many orders to list")
	before := f.Int64("before", 0, "list only orders with a smaller id")
	id := f.Int64("id", 0, "show the order with this id")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	list := len(words) == 1 && words[0] == "list" && *limit > 0 && *limit <= 10_000
	show := len(words) > 0 && words[0] == "show" && (len(words) == 2) != (*id > 0) && len(words) <= 2
	if !list && !show {
		f.Usage()
		return exitUsage
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	if list {
		return e.listOrders(ctx, a, shop.OrderID(*before), *limit, *asJSON)
	}
	return e.showOrder(ctx, a, append(words, "")[1], shop.OrderID(*id), *asJSON)
}

func (e *environment) listOrders(ctx context.Context, a *app.App, before shop.OrderID, limit int, asJSON bool) int {
	found, err := a.DB.Orders(ctx, before, limit)
	if err != nil {
		return e.fail(err)
	}
	views := make([]orderView, len(found))
	for i := range found {
		views[i] = viewOrder(&found[i])
	}
	if asJSON {
		return e.printJSON(views)
	}
	w := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNUMBER\tSTATE\tPLACED (UTC)\tTOTAL\tREVIEW")
	for _, o := range views {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\n", o.ID, o.number(), o.State, o.PlacedAt.Format("2006-01-02 15:04"), o.Total, o.Review)
	}
	if err := w.Flush(); err != nil {
		return e.fail(err)
	}
	return exitOK
}

func (e *environment) showOrder(ctx context.Context, a *app.App, number string, id shop.OrderID, asJSON bool) int {
	order, err := findOrder(ctx, a, number, id)
	if err != nil {
		return e.fail(err)
	}
	view := viewOrder(&order)
	if view.Refunds, err = refundsOf(ctx, a, &order); err != nil {
		return e.fail(err)
	}
	if view.Steps, err = stepsOf(ctx, a, order.ID); err != nil {
		return e.fail(err)
	}
	if link, err := a.DB.LinkOf(ctx, shop.LinkOrder, int64(order.ID)); err == nil {
		view.URL = a.Config.BaseURL + "/orders/" + a.DB.Token(link)
	}
	if asJSON {
		return e.printJSON(view)
	}
	e.printOrder(view)
	return exitOK
}

func refundsOf(ctx context.Context, a *app.App, order *shop.Order) ([]refundView, error) {
	refunds, err := a.DB.RefundsOfOrder(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	units, err := a.DB.RefundUnitsOfOrder(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	var views []refundView
	for _, r := range refunds {
		views = append(views, viewRefund(order, r, units))
	}
	return views, nil
}

func findOrder(ctx context.Context, a *app.App, number string, id shop.OrderID) (shop.Order, error) {
	if id > 0 {
		return a.DB.OrderByID(ctx, id)
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(number, "#"), 10, 64)
	if err != nil || n <= 0 {
		return shop.Order{}, shop.Errorf(shop.KindMalformed, "%q is not an order number", number)
	}
	return a.DB.OrderByNumber(ctx, n)
}

func stepsOf(ctx context.Context, a *app.App, id shop.OrderID) ([]stepView, error) {
	steps, err := a.DB.Steps(ctx, "order", int64(id))
	views := make([]stepView, len(steps))
	for i, s := range steps {
		views[i] = stepView{At: s.At, From: s.FromState, To: s.ToState, Cause: s.Cause, Who: s.Who}
	}
	return views, err
}
