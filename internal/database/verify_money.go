package database

// moneyInvariants are rule 3: every sum is the sum of its parts, in the order,
// by line, by unit, and in what was received and given back.
var moneyInvariants = []invariant{
	{rule: "3", table: "orders", line: "order {thing}: its lines come to {a} cents, its subtotal says {b}",
		sql: `SELECT o.id AS thing, CAST(coalesce(sum(l.amount), 0) AS bigint) AS a, o.subtotal AS b
			FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id WHERE o.id > @from AND o.id <= @to
			GROUP BY o.id, o.subtotal HAVING coalesce(sum(l.amount), 0) <> o.subtotal`},
	{rule: "3", table: "orders", line: "order {thing}: its lines' discounts come to {a} cents, its discount says {b}",
		sql: `SELECT o.id AS thing, CAST(coalesce(sum(l.discount), 0) AS bigint) AS a, o.discount AS b
			FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id WHERE o.id > @from AND o.id <= @to
			GROUP BY o.id, o.discount HAVING coalesce(sum(l.discount), 0) <> o.discount`},
	{rule: "3", table: "orders", line: "order {thing}: lines, shipping and discount come to {a} cents, its total says {b}",
		sql: `SELECT o.id AS thing, o.subtotal - o.discount + o.shipping AS a, o.total AS b FROM orders o
			WHERE o.id > @from AND o.id <= @to AND o.subtotal - o.discount + o.shipping <> o.total`},
	{rule: "3", table: "orders", line: "order {thing}: it ships free for {a} cents",
		sql: `SELECT o.id AS thing, o.shipping AS a FROM orders o
			WHERE o.id > @from AND o.id <= @to AND o.free_ships AND o.shipping <> 0`},
	{rule: "3", table: "orders", line: "order {thing}: {a} cents were received, it comes to {b}",
		sql: `SELECT o.id AS thing, CAST(coalesce(sum(t.amount), 0) AS bigint) AS a, o.total + coalesce(o.tax, 0) AS b
			FROM orders o LEFT JOIN order_tenders t ON t.order_id = o.id
			WHERE o.id > @from AND o.id <= @to AND o.state = 'paid'
			GROUP BY o.id, o.total, o.tax HAVING coalesce(sum(t.amount), 0) <> o.total + coalesce(o.tax, 0)`},
	{rule: "3", table: "orders", line: "order {thing}: it is {word}, and {a} cents were received",
		sql: `SELECT o.id AS thing, o.state AS word, CAST(sum(t.amount) AS bigint) AS a FROM orders o
			JOIN order_tenders t ON t.order_id = o.id WHERE o.id > @from AND o.id <= @to AND o.state <> 'paid'
			GROUP BY o.id, o.state`},
	{rule: "3", table: "order_lines", line: "order {b}, line {thing}: {a} units of {c}",
		sql: `SELECT l.id AS thing, count(u.id) AS a, l.order_id AS b, l.quantity AS c FROM order_lines l
			LEFT JOIN order_units u ON u.order_line_id = l.id AND u.order_id = l.order_id
			WHERE l.id > @from AND l.id <= @to GROUP BY l.id, l.order_id, l.quantity HAVING count(u.id) <> l.quantity`},
	{rule: "3", table: "order_lines", line: "order {c}, line {thing}: its units come to {a} cents, the line to {b}",
		sql: `SELECT l.id AS thing, CAST(sum(u.paid_net) AS bigint) AS a, l.amount - l.discount AS b, l.order_id AS c
			FROM order_lines l JOIN order_units u ON u.order_line_id = l.id WHERE l.id > @from AND l.id <= @to
			GROUP BY l.id, l.order_id, l.amount, l.discount HAVING sum(u.paid_net) <> l.amount - l.discount`},
	// Taxes that Stripe itself does not add up are for staff to look at.
	{rule: "3", table: "orders", line: "order {thing}: the tax of its units and shipping comes to {a} cents, its tax says {b}",
		sql: `SELECT o.id AS thing, CAST(coalesce(sum(u.paid_tax), 0) + o.shipping_tax AS bigint) AS a, o.tax AS b
			FROM orders o JOIN order_units u ON u.order_id = o.id
			WHERE o.id > @from AND o.id <= @to AND o.state = 'paid' AND o.review = '' GROUP BY o.id, o.tax, o.shipping_tax
			HAVING coalesce(sum(u.paid_tax), 0) + o.shipping_tax <> o.tax`},
	{rule: "3", table: "orders", line: "order {thing}: it is {word}, and the tax of {a} of its units does not fit that",
		sql: `SELECT o.id AS thing, o.state AS word, count(u.id) AS a FROM orders o JOIN order_units u ON u.order_id = o.id
			WHERE o.id > @from AND o.id <= @to AND (o.state = 'paid') <> (u.paid_tax IS NOT NULL) GROUP BY o.id, o.state`},
	// What somebody gives back at Stripe may cross what is about to be given
	// back here; Stripe then refuses ours.
	{rule: "3", table: "orders", line: "order {thing}: {a} cents are given back of {b} that were received",
		sql: `SELECT o.id AS thing, r.back AS a, CAST(coalesce(sum(t.amount), 0) AS bigint) AS b FROM orders o
			JOIN (SELECT r.order_id, CAST(sum(r.amount) AS bigint) AS back FROM refunds r
				JOIN payment_attempts a ON a.id = r.attempt_id
				WHERE r.order_id > @from AND r.order_id <= @to AND a.state <> 'late' AND (r.state IN ('pending', 'succeeded')
					OR r.state = 'recorded' AND NOT EXISTS (SELECT 1 FROM refunds d WHERE d.order_id = r.order_id AND d.cause = 'dashboard')) GROUP BY r.order_id) r ON r.order_id = o.id
			LEFT JOIN order_tenders t ON t.order_id = o.id
			GROUP BY o.id, r.back HAVING r.back > coalesce(sum(t.amount), 0)`},
	{rule: "3", table: "refunds", line: "refund {thing}: it is of order {a}, its payment of order {b}",
		sql: `SELECT r.id AS thing, r.order_id AS a, a.order_id AS b FROM refunds r JOIN payment_attempts a ON a.id = r.attempt_id
			WHERE r.id > @from AND r.id <= @to AND r.order_id <> a.order_id`},
}
