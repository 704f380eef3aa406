package database

// refundInvariants are rule 3 by piece and by refund: what is given back is
// what was paid, once, and the parts of a refund are the whole.
var refundInvariants = []invariant{
	{rule: "3", table: "order_units", line: "order {a}, unit {thing}: it is cancelled, and {b} cents are given back of {c}",
		sql: `SELECT u.id AS thing, u.order_id AS a, CAST(coalesce((SELECT max(i.net + i.tax) FROM refund_units i WHERE i.unit_id = u.id), 0) AS bigint) AS b,
				u.paid_net + coalesce(u.paid_tax, 0) AS c
			FROM order_units u WHERE u.id > @from AND u.id <= @to AND u.state = 'cancelled' AND u.paid_net + coalesce(u.paid_tax, 0) > 0
				AND NOT EXISTS (SELECT 1 FROM refund_units i WHERE i.unit_id = u.id AND i.net = u.paid_net AND i.tax = coalesce(u.paid_tax, 0))`},
	{rule: "3", table: "order_units", line: "order {a}, unit {thing}: {b} cents are given back of {c} that were paid for it",
		sql: `SELECT u.id AS thing, u.order_id AS a, CAST(sum(i.net + i.tax) AS bigint) AS b, u.paid_net + coalesce(u.paid_tax, 0) AS c
			FROM order_units u JOIN refund_units i ON i.unit_id = u.id AND i.live
			WHERE u.id > @from AND u.id <= @to GROUP BY u.id, u.order_id, u.paid_net, u.paid_tax
			HAVING sum(i.net) > u.paid_net OR sum(i.tax) > coalesce(u.paid_tax, 0)`},
	{rule: "3", table: "refunds", line: "refund {thing}: it is {word}, and {a} of its units do not fit that",
		sql: `SELECT r.id AS thing, r.state AS word, count(*) AS a FROM refunds r JOIN refund_units i ON i.refund_id = r.id
			WHERE r.id > @from AND r.id <= @to AND (r.state <> 'failed') <> i.live GROUP BY r.id, r.state`},
	{rule: "3", table: "refunds", line: "refund {thing}: it gives back unit {a}, which is of order {b} and {word}",
		sql: `SELECT r.id AS thing, u.id AS a, u.order_id AS b, u.state AS word FROM refunds r
			JOIN refund_units i ON i.refund_id = r.id JOIN order_units u ON u.id = i.unit_id
			WHERE r.id > @from AND r.id <= @to AND (u.order_id <> r.order_id OR r.cause = 'cancelled' AND u.state <> 'cancelled')`},
	{rule: "3", table: "refunds", line: "refund {thing}: it is of {a} cents, its parts come to {b}",
		sql: `SELECT r.id AS thing, r.amount AS a, CAST(coalesce(sum(i.net + i.tax), 0) + r.shipping + r.shipping_tax + r.goodwill - r.given_before AS bigint) AS b
			FROM refunds r LEFT JOIN refund_units i ON i.refund_id = r.id
			WHERE r.id > @from AND r.id <= @to AND r.cause <> 'late_payment'
			GROUP BY r.id, r.amount, r.shipping, r.shipping_tax, r.goodwill, r.given_before
			HAVING coalesce(sum(i.net + i.tax), 0) + r.shipping + r.shipping_tax + r.goodwill - r.given_before <> r.amount`},
	{rule: "3", table: "refunds", line: "refund {thing}: it is {word}, and whether Stripe knows it does not fit that",
		sql: `SELECT r.id AS thing, r.state AS word FROM refunds r WHERE r.id > @from AND r.id <= @to AND (
			r.state = 'recorded' AND (r.stripe_id IS NOT NULL OR r.amount = 0) OR r.state IN ('pending', 'succeeded') AND (r.stripe_id IS NULL) <> (r.amount = 0)
			OR (r.ended_at IS NULL) <> (r.state IN ('recorded', 'pending')))`},
	{rule: "3", table: "refunds", line: "refund {thing}: it is in the place of refund {a}, which is {word} and of order {b}",
		sql: `SELECT r.id AS thing, f.id AS a, f.order_id AS b, f.state AS word FROM refunds r JOIN refunds f ON f.id = r.again_of
			WHERE r.id > @from AND r.id <= @to AND (f.state <> 'failed' OR f.order_id <> r.order_id OR f.attempt_id <> r.attempt_id)`},
	{rule: "3", table: "orders", line: "order {thing}: {a} cents of shipping are given back of {b}",
		sql: `SELECT o.id AS thing, r.net AS a, o.shipping AS b FROM orders o
			JOIN (SELECT order_id, CAST(sum(shipping) AS bigint) AS net, CAST(sum(shipping_tax) AS bigint) AS tax FROM refunds
				WHERE order_id > @from AND order_id <= @to AND state <> 'failed' GROUP BY order_id) r ON r.order_id = o.id
			WHERE r.net > o.shipping OR r.tax > coalesce(o.shipping_tax, 0)`},
}
