package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// OrderQueue is one of the lists in which staff see orders.
type OrderQueue string

// The queues. Orders that wait for somebody come first and the oldest of them
// at the top, in the others the newest.
const (
	QueueToShip    OrderQueue = "ship"      // paid, with pieces that wait, and nothing to look at first
	QueueReview    OrderQueue = "review"    // somebody must look
	QueueMoney     OrderQueue = "money"     // money came and no order stands for it, or it could not go back
	QueueOnTheWay  OrderQueue = "way"       // all has left, not all has arrived
	QueueDelivered OrderQueue = "delivered" // all has arrived
	QueueCancelled OrderQueue = "cancelled" // paid, and every piece cancelled
	QueueUnpaid    OrderQueue = "unpaid"    // checkouts that wait or came to nothing
	QueueAll       OrderQueue = "all"       // everything that was paid
)

// queueRule is how a queue is read: the rows of any of its branches, in the
// order of being paid or of being placed. Each branch has an index in that
// order; where SQLite, which has no statistics, would choose another, it is
// named.
type queueRule struct {
	branches []string
	index    string
	byPaid   bool
	oldest   bool // first, unless asked otherwise
}

// from is the table with the index that SQLite must use.
func (q queueRule) from(kind Kind) string {
	if kind == SQLite && q.index != "" {
		return "orders INDEXED BY " + q.index
	}
	return "orders"
}

var queueRules = map[OrderQueue]queueRule{
	QueueToShip: {branches: []string{"state = 'paid' AND fulfilment IN ('unfulfilled', 'partial') AND review = ''"}, index: "orders_to_ship", byPaid: true, oldest: true},
	QueueReview: {branches: []string{"review <> ''"}, index: "orders_review", oldest: true},
	QueueMoney: {branches: []string{
		"id IN (SELECT order_id FROM refunds WHERE state IN ('recorded', 'pending') AND cause = 'late_payment')",
		"review <> '' AND (state <> 'paid' OR EXISTS (SELECT 1 FROM refunds f WHERE f.order_id = orders.id AND f.state = 'failed'))",
	}, oldest: true},
	QueueOnTheWay:  {branches: []string{"state = 'paid' AND fulfilment = 'fulfilled'"}, index: "orders_fulfilment"},
	QueueDelivered: {branches: []string{"state = 'paid' AND fulfilment = 'delivered'"}, index: "orders_fulfilment"},
	QueueCancelled: {branches: []string{"state = 'paid' AND fulfilment = 'cancelled'"}, index: "orders_fulfilment"},
	QueueUnpaid:    {branches: []string{"state = 'pending'", "state = 'processing'", "state = 'cancelled'"}, index: "orders_state"},
	QueueAll:       {branches: []string{"state = 'paid'"}, index: "orders_paid", byPaid: true},
}

// Known says whether there is such a queue.
func (q OrderQueue) Known() bool { _, ok := queueRules[q]; return ok }

// OldestFirst says how a queue is ordered unless asked otherwise.
func (q OrderQueue) OldestFirst() bool { return queueRules[q].oldest }

// OrderMark is a place in a queue: after the order with this id, which was
// paid at an instant.
type OrderMark struct {
	PaidAt shop.Instant
	ID     shop.OrderID
}

// OrderPage is which part of a queue to read.
type OrderPage struct {
	Queue  OrderQueue
	Oldest bool       // first
	After  *OrderMark // nil: from the beginning
	Limit  int
}

// OrderRow is an order in a list.
type OrderRow struct {
	ID         shop.OrderID
	Number     *int64
	State      shop.OrderState
	Fulfilment shop.Fulfilment
	Review     string
	Total      shop.Cents
	Tax        *shop.Cents
	Note       string
	GiftNote   string
	PlacedAt   shop.Instant
	PaidAt     *shop.Instant
	Name       string
	ShipName   string
	Email      string
	City       string
	Region     string // the address's state
	Country    string

	Items []OrderItem `gorm:"-"`
}

// OrderItem is a line of an order in a list.
type OrderItem struct {
	OrderID      shop.OrderID
	Title        string
	VariantTitle string
	SKU          string
	Quantity     int
	Waiting      int // pieces of it that wait for a parcel
}

// Mark is the place of an order in its queue.
func (r *OrderRow) Mark() OrderMark {
	m := OrderMark{ID: r.ID}
	if r.PaidAt != nil {
		m.PaidAt = *r.PaidAt
	}
	return m
}

// OrderQueue reads a part of a queue, in two queries.
func (r Reader) OrderQueue(ctx context.Context, p OrderPage) ([]OrderRow, error) {
	rule := queueRules[p.Queue]
	key, way, sign := "id", "DESC", "<"
	if rule.byPaid {
		key = "paid_at"
	}
	if p.Oldest {
		way, sign = "ASC", ">"
	}
	order := key + " " + way
	if rule.byPaid {
		order += ", id " + way
	}
	var arms []string
	var args []any
	for _, branch := range rule.branches {
		if p.After != nil {
			if rule.byPaid {
				branch, args = branch+" AND (paid_at, id) "+sign+" (?, ?)", append(args, p.After.PaidAt, p.After.ID)
			} else {
				branch, args = branch+" AND id "+sign+" ?", append(args, p.After.ID)
			}
		}
		arms = append(arms, "SELECT id FROM (SELECT id FROM "+rule.from(r.kind)+" WHERE "+branch+" ORDER BY "+order+" LIMIT ?) arm")
		args = append(args, p.Limit)
	}
	order = "o." + strings.ReplaceAll(order, ", id", ", o.id")
	return r.orderRows(ctx, strings.Join(arms, " UNION "), args, order, p.Limit)
}

// orderRows reads the orders whose ids a statement gives, with their lines.
func (r Reader) orderRows(ctx context.Context, ids string, args []any, order string, limit int) ([]OrderRow, error) {
	var rows []OrderRow
	err := r.raw(ctx, &rows, `SELECT o.id, o.number, o.state, o.fulfilment, o.review, o.total, o.tax, o.note, o.gift_note, o.placed_at, o.paid_at,
			coalesce(c.name, '') AS name, coalesce(c.ship_name, '') AS ship_name, coalesce(c.email, '') AS email,
			coalesce(c.city, '') AS city, coalesce(c.state, '') AS region, coalesce(c.country, '') AS country
		FROM (`+ids+`) q JOIN orders o ON o.id = q.id LEFT JOIN order_contacts c ON c.order_id = o.id
		ORDER BY `+order+` LIMIT ?`, append(args, limit)...)
	if err != nil || len(rows) == 0 {
		return rows, err
	}
	return rows, r.fillOrderRows(ctx, rows)
}

func (r Reader) fillOrderRows(ctx context.Context, rows []OrderRow) error {
	byID := make(map[shop.OrderID]*OrderRow, len(rows))
	ids := make([]shop.OrderID, len(rows))
	for i := range rows {
		ids[i], byID[rows[i].ID] = rows[i].ID, &rows[i]
	}
	var items []OrderItem
	err := r.raw(ctx, &items, `SELECT l.order_id, l.title, l.variant_title, l.sku, l.quantity,
			CASE WHEN l.ships THEN (SELECT count(*) FROM order_units u WHERE u.order_line_id = l.id AND u.state = 'waiting') ELSE 0 END AS waiting
		FROM order_lines l WHERE l.order_id IN ? ORDER BY l.order_id, l.position`, ids)
	for _, item := range items {
		row := byID[item.OrderID]
		row.Items = append(row.Items, item)
	}
	return err
}

// QueueCounts are how many orders wait in the queues that somebody must
// empty, each counted up to a limit.
type QueueCounts struct{ ToShip, Review, Money int64 }

// OrderQueueCounts counts what waits, in one query.
func (r Reader) OrderQueueCounts(ctx context.Context, limit int) (QueueCounts, error) {
	count := func(q OrderQueue) string {
		var arms []string
		for _, branch := range queueRules[q].branches {
			arms = append(arms, "SELECT id FROM (SELECT id FROM "+queueRules[q].from(r.kind)+" WHERE "+branch+" LIMIT ?) arm")
		}
		return "(SELECT count(*) FROM (" + strings.Join(arms, " UNION ") + ") q)"
	}
	var n QueueCounts
	err := r.raw(ctx, &n, "SELECT "+count(QueueToShip)+" AS to_ship, "+count(QueueReview)+" AS review, "+count(QueueMoney)+" AS money",
		limit, limit, limit, limit)
	return n, err
}
