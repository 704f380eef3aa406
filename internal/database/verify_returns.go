package database

// returnInvariants are rule 4: a piece comes back once, what it is exchanged
// for is held until it is here and sent once it is, and money goes back only
// for what came.
var returnInvariants = []invariant{
	{rule: "4", table: "return_units", line: "return {a}, unit {b}: the piece is of another order, or was not sent ({word})",
		sql: `SELECT i.id AS thing, r.number AS a, i.unit_id AS b, u.state AS word FROM return_units i
			JOIN returns r ON r.id = i.return_id JOIN order_units u ON u.id = i.unit_id
			WHERE i.id > @from AND i.id <= @to AND (u.order_id <> r.order_id OR i.live AND u.state <> 'shipped')`},
	{rule: "4", table: "returns", line: "return {a}: it is {word}, and {b} of its pieces do not fit that",
		sql: `SELECT r.id AS thing, r.number AS a, r.state AS word, count(i.id) AS b FROM returns r JOIN return_units i ON i.return_id = r.id
			WHERE r.id > @from AND r.id <= @to AND (r.state IN ('cancelled', 'expired') AND (i.live OR i.reception <> 'over')
				OR r.state IN ('requested', 'sent') AND i.reception <> 'awaited' OR r.state = 'closed' AND i.ended_at IS NULL)
			GROUP BY r.id, r.number, r.state`},
	{rule: "4", table: "returns", line: "return {a}: it is {word}, and the moments it carries do not fit that",
		sql: `SELECT r.id AS thing, r.number AS a, r.state AS word FROM returns r WHERE r.id > @from AND r.id <= @to AND (
			(r.state IN ('closed', 'cancelled', 'expired')) <> (r.closed_at IS NOT NULL) OR (r.state = 'arrived') <> (r.answer_due_at IS NOT NULL)
			OR r.state IN ('arrived', 'closed') AND r.arrived_at IS NULL OR r.state = 'sent' AND r.sent_at IS NULL)`},
	{rule: "4", table: "return_units", line: "return unit {thing}: it is {word}, and whether it is live and has ended does not fit that",
		sql: `SELECT i.id AS thing, i.reception AS word FROM return_units i WHERE i.id > @from AND i.id <= @to AND (
			i.live <> (i.reception <> 'over') OR (i.reception IN ('received', 'over')) <> (i.ended_at IS NOT NULL)
			OR i.reception = 'received' AND (i.condition = '' OR i.disposition = ''))`},
	{rule: "4", table: "return_units", line: "return unit {thing}: it is {word}, and order {a}, by which another size is sent, is not what that needs",
		sql: `SELECT i.id AS thing, i.reception AS word, i.exchange_id AS a FROM return_units i JOIN orders o ON o.id = i.exchange_id
			WHERE i.id > @from AND i.id <= @to AND (o.exchange_of IS NULL OR o.state <> CASE i.reception
				WHEN 'received' THEN 'paid' WHEN 'over' THEN 'cancelled' ELSE 'pending' END)`},
	{rule: "4", table: "orders", line: "order {thing}: it sends another size for unit {a} and costs {b} cents, or nothing asked for it",
		sql: `SELECT o.id AS thing, o.exchange_of AS a, o.total AS b FROM orders o
			WHERE o.id > @from AND o.id <= @to AND o.exchange_of IS NOT NULL AND (o.total <> 0
				OR NOT EXISTS (SELECT 1 FROM return_units i WHERE i.exchange_id = o.id))`},
	{rule: "3", table: "refunds", line: "refund {thing}: it gives back {a} pieces, of which {b} came back for it",
		sql: `SELECT r.id AS thing, CAST(count(u.unit_id) AS bigint) AS a, CAST((SELECT count(*) FROM return_units i WHERE i.refund_id = r.id AND i.reception = 'received') AS bigint) AS b
			FROM refunds r JOIN refund_units u ON u.refund_id = r.id
			WHERE r.id > @from AND r.id <= @to AND r.cause = 'returned' AND r.again_of IS NULL GROUP BY r.id
			HAVING count(u.unit_id) > (SELECT count(*) FROM return_units i WHERE i.refund_id = r.id AND i.reception = 'received')`},
	{rule: "3", table: "return_units", line: "return unit {thing}: it came back for its money, and nothing gives that back",
		sql: `SELECT i.id AS thing FROM return_units i JOIN order_units u ON u.id = i.unit_id JOIN orders o ON o.id = u.order_id
			JOIN order_units p ON p.id = coalesce(o.exchange_of, u.id)
			WHERE i.id > @from AND i.id <= @to AND i.reception = 'received' AND i.outcome = 'refund' AND i.refund_id IS NULL
				AND p.paid_net + coalesce(p.paid_tax, 0) > 0 AND NOT EXISTS (SELECT 1 FROM refund_units g WHERE g.unit_id = p.id)`},
}
