package database

// parcelInvariants: what became of each piece, and how far each order is.
var parcelInvariants = []invariant{
	{rule: "4", table: "order_units", line: "order {a}, unit {thing}: it is {word}, and its parcel does not fit that",
		sql: `SELECT u.id AS thing, u.order_id AS a, u.state AS word FROM order_units u
			LEFT JOIN parcel_units i ON i.unit_id = u.id
			LEFT JOIN parcels p ON p.id = i.parcel_id AND p.order_id = u.order_id AND p.state <> 'undone'
			WHERE u.id > @from AND u.id <= @to AND ((u.state = 'shipped') <> (p.id IS NOT NULL) OR i.unit_id IS NOT NULL AND p.id IS NULL)`},
	{rule: "4", table: "order_units", line: "order {a}, unit {thing}: its line is of order {b}",
		sql: `SELECT u.id AS thing, u.order_id AS a, l.order_id AS b FROM order_units u JOIN order_lines l ON l.id = u.order_line_id
			WHERE u.id > @from AND u.id <= @to AND l.order_id <> u.order_id`},
	{rule: "4", table: "parcels", line: "parcel {thing} of order {a}: it is {word}, with {b} pieces in it",
		sql: `SELECT p.id AS thing, p.order_id AS a, p.state AS word, count(i.unit_id) AS b FROM parcels p
			LEFT JOIN parcel_units i ON i.parcel_id = p.id WHERE p.id > @from AND p.id <= @to
			GROUP BY p.id, p.order_id, p.state HAVING (p.state = 'undone') <> (count(i.unit_id) = 0)`},
	{rule: "4", table: "parcels", line: "parcel {thing} of order {a}: it is {word}, and the time of its arrival does not fit that",
		sql: `SELECT p.id AS thing, p.order_id AS a, p.state AS word FROM parcels p
			WHERE p.id > @from AND p.id <= @to AND (p.state = 'delivered') <> (p.delivered_at IS NOT NULL)`},
	{rule: "4", table: "parcels", line: "parcel {thing}: it is of order {a}, which is {word}",
		sql: `SELECT p.id AS thing, o.id AS a, o.state AS word FROM parcels p JOIN orders o ON o.id = p.order_id
			WHERE p.id > @from AND p.id <= @to AND o.state <> 'paid'`},
	{rule: "4", table: "orders", line: "order {thing}: its fulfilment is {word}, its pieces and parcels say otherwise ({a} wait, {b} sent)",
		sql: `SELECT o.id AS thing, o.fulfilment AS word, o.waiting AS a, o.sent AS b FROM (SELECT o.id, o.state, o.fulfilment,
				CAST(coalesce(sum(CASE WHEN u.state = 'waiting' AND l.ships THEN 1 ELSE 0 END), 0) AS bigint) AS waiting,
				CAST(coalesce(sum(CASE WHEN u.state = 'shipped' THEN 1 ELSE 0 END), 0) AS bigint) AS sent,
				CAST(coalesce(sum(CASE WHEN u.state = 'cancelled' THEN 0 ELSE 1 END), 0) AS bigint) AS standing,
				CAST(count(u.id) AS bigint) AS pieces
			FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id LEFT JOIN order_units u ON u.order_line_id = l.id
			WHERE o.id > @from AND o.id <= @to GROUP BY o.id, o.state, o.fulfilment) o
			WHERE o.fulfilment <> CASE
				WHEN o.state <> 'paid' THEN CASE WHEN o.standing = o.pieces THEN 'unfulfilled' ELSE '' END
				WHEN o.waiting > 0 AND o.sent > 0 THEN 'partial'
				WHEN o.waiting > 0 THEN 'unfulfilled'
				WHEN o.standing = 0 THEN 'cancelled'
				WHEN o.sent > 0 AND NOT EXISTS (SELECT 1 FROM parcels p WHERE p.order_id = o.id AND p.state = 'shipped') THEN 'delivered'
				ELSE 'fulfilled' END`},
}

// shelfInvariants: what came back to the shop was cancelled.
var shelfInvariants = []invariant{
	{rule: "1", table: "orders", line: "order {thing}: {b} of variant {a} came back to the shop, {c} were cancelled",
		sql: `SELECT o.id AS thing, m.variant_id AS a, CAST(sum(m.delta) AS bigint) AS b,
				(SELECT count(*) FROM order_lines l JOIN order_units u ON u.order_line_id = l.id
					WHERE l.order_id = o.id AND l.variant_id = m.variant_id AND u.state = 'cancelled') AS c
			FROM orders o JOIN stock_movements m ON m.cause_kind = 'cancellation' AND m.cause_id = CAST(o.id AS text)
			WHERE o.id > @from AND o.id <= @to GROUP BY o.id, m.variant_id
			HAVING sum(m.delta) > (SELECT count(*) FROM order_lines l JOIN order_units u ON u.order_line_id = l.id
				WHERE l.order_id = o.id AND l.variant_id = m.variant_id AND u.state = 'cancelled')`},
}
