package database

// discountInvariants: uses are counted once each and never beyond a limit, and
// each stands as its order does.
var discountInvariants = []invariant{
	{rule: "discounts", table: "discounts", line: "discount {thing}: its count says {a} uses, {b} orders hold or have one",
		sql: `SELECT d.id AS thing, d.uses AS a, count(u.order_id) AS b FROM discounts d
			LEFT JOIN discount_uses u ON u.discount_id = d.id AND u.state IN ('held', 'used')
			WHERE d.id > @from AND d.id <= @to GROUP BY d.id, d.uses HAVING count(u.order_id) <> d.uses`},
	{rule: "discounts", table: "discounts", line: "discount {thing}: {a} uses, its limit is {b}",
		sql: `SELECT d.id AS thing, d.uses AS a, d.max_uses AS b FROM discounts d
			WHERE d.id > @from AND d.id <= @to AND d.max_uses IS NOT NULL AND d.uses > d.max_uses`},
	{rule: "discounts", table: "orders", line: "order {thing}: it is {word}, and its use of discount {a} does not fit that",
		sql: `SELECT o.id AS thing, u.discount_id AS a, o.state AS word FROM orders o JOIN discount_uses u ON u.order_id = o.id
			WHERE o.id > @from AND o.id <= @to AND NOT (o.state IN ('pending', 'processing') AND u.state = 'held'
				OR o.state = 'paid' AND u.state IN ('used', 'late') OR o.state = 'cancelled' AND u.state = 'released')`},
	{rule: "discounts", table: "orders", line: "order {thing}: its code {word} is not that of its use of a discount",
		sql: `SELECT o.id AS thing, o.discount_code AS word FROM orders o LEFT JOIN discount_uses u ON u.order_id = o.id
			LEFT JOIN discounts d ON d.id = u.discount_id WHERE o.id > @from AND o.id <= @to
			AND o.discount_code <> coalesce(d.code, '')`},
}
