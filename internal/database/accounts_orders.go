package database

import (
	"context"

	"longrun/internal/shop"
)

// AccountOrder is an order as a list of an account shows it.
type AccountOrder struct {
	shop.Order
	Link   shop.Link `gorm:"-"` // its private page
	First  string    // the title of its first line
	Pieces int64
}

// ownOrders begins a question with the ids of the orders of the addresses that an account has
// confirmed, guests' included; of an address that it has given up those that
// were placed until then.
const ownOrders = `WITH own AS MATERIALIZED (SELECT DISTINCT w.order_id FROM account_emails e
	JOIN order_words w ON w.word = e.email
	JOIN order_contacts c ON c.order_id = w.order_id AND lower(c.email) = e.email
	JOIN orders p ON p.id = w.order_id AND (e.until_at IS NULL OR p.placed_at < e.until_at)
	WHERE e.account_id = ?) `

const accountOrder = ownOrders + `SELECT o.*,
	coalesce((SELECT l.title FROM order_lines l WHERE l.order_id = o.id ORDER BY l.position LIMIT 1), '') AS first,
	CAST(coalesce((SELECT sum(l.quantity) FROM order_lines l WHERE l.order_id = o.id), 0) AS bigint) AS pieces
	FROM own JOIN orders o ON o.id = own.order_id`

// AccountOrders are up to limit orders of an account with a smaller number
// than one, the newest first; before 0 begins with the newest. It takes two
// questions.
func (r Reader) AccountOrders(ctx context.Context, id shop.AccountID, before int64, limit int) ([]AccountOrder, error) {
	if before == 0 {
		before = 1 << 53
	}
	return r.accountOrders(ctx, " WHERE o.number < ? ORDER BY o.number DESC LIMIT ?", id, before, limit)
}

// AccountOrdersUnnumbered are the newest orders of an account that have no
// number: their money is on its way to the shop, or has gone back.
func (r Reader) AccountOrdersUnnumbered(ctx context.Context, id shop.AccountID, limit int) ([]AccountOrder, error) {
	return r.accountOrders(ctx, " WHERE o.number IS NULL ORDER BY o.id DESC LIMIT ?", id, limit)
}

func (r Reader) accountOrders(ctx context.Context, which string, args ...any) ([]AccountOrder, error) {
	var list []AccountOrder
	if err := r.raw(ctx, &list, accountOrder+which, args...); err != nil || len(list) == 0 {
		return list, err
	}
	return list, r.fillOrderLinks(ctx, list)
}

// fillOrderLinks reads the newest link of each order in one question.
func (r Reader) fillOrderLinks(ctx context.Context, list []AccountOrder) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = int64(list[i].ID)
	}
	var links []shop.Link
	if err := r.raw(ctx, &links, "SELECT * FROM links WHERE purpose = ? AND thing_id IN ? ORDER BY id", shop.LinkOrder, ids); err != nil {
		return err
	}
	newest := map[shop.OrderID]shop.Link{}
	for _, l := range links {
		newest[shop.OrderID(l.ThingID)] = l
	}
	for i := range list {
		list[i].Link = newest[list[i].ID]
	}
	return nil
}
