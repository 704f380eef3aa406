package database

// orderInvariants are rule 2: who paid what.
var orderInvariants = []invariant{
	{rule: "2", table: "orders", line: "order {thing}: it is paid, by {a} payments",
		sql: `SELECT o.id AS thing, count(a.id) AS a FROM orders o
			LEFT JOIN payment_attempts a ON a.order_id = o.id AND a.state = 'paid'
			WHERE o.id > @from AND o.id <= @to AND o.state = 'paid'
			GROUP BY o.id, o.total HAVING count(a.id) <> 1 AND NOT (count(a.id) = 0 AND o.total = 0)`},
	{rule: "2", table: "payment_attempts", line: "attempt {thing}: it is paid, and order {a} is {word}",
		sql: `SELECT a.id AS thing, o.id AS a, o.state AS word FROM payment_attempts a JOIN orders o ON o.id = a.order_id
			WHERE a.id > @from AND a.id <= @to AND a.state = 'paid' AND o.state <> 'paid'`},
	{rule: "2", table: "payment_attempts", line: "attempt {thing}: it asks for {a} cents, order {c} comes to {b}",
		sql: `SELECT a.id AS thing, a.amount AS a, o.total AS b, o.id AS c FROM payment_attempts a JOIN orders o ON o.id = a.order_id
			WHERE a.id > @from AND a.id <= @to AND a.amount <> o.total`},
	{rule: "2", table: "payment_attempts", line: "attempt {thing}: its currency {word} is not that of order {a}",
		sql: `SELECT a.id AS thing, o.id AS a, a.currency AS word FROM payment_attempts a JOIN orders o ON o.id = a.order_id
			WHERE a.id > @from AND a.id <= @to AND a.currency <> o.currency`},
	{rule: "2", table: "payment_attempts", line: "attempt {thing}: it is {word} without a Stripe session",
		sql: `SELECT a.id AS thing, a.state AS word FROM payment_attempts a WHERE a.id > @from AND a.id <= @to
			AND a.state IN ('open', 'processing', 'paid', 'late') AND a.session_id IS NULL`},
	{rule: "2", table: "orders", line: "order {thing}: it is {word} with {a} payments that may still come",
		sql: `SELECT o.id AS thing, o.state AS word, count(a.id) AS a FROM orders o
			LEFT JOIN payment_attempts a ON a.order_id = o.id AND a.state IN ('creating', 'open', 'processing')
			WHERE o.id > @from AND o.id <= @to AND o.state IN ('pending', 'processing') AND o.exchange_of IS NULL
			GROUP BY o.id, o.state HAVING count(a.id) <> 1`},
	{rule: "2", table: "payment_attempts", line: "attempt {thing}: it came too late, and {a} refunds give it back",
		sql: `SELECT a.id AS thing, count(r.id) AS a FROM payment_attempts a
			LEFT JOIN refunds r ON r.attempt_id = a.id AND r.order_id = a.order_id AND r.cause = 'late_payment'
				AND r.amount + r.given_before >= a.amount AND r.again_of IS NULL
			WHERE a.id > @from AND a.id <= @to AND a.state = 'late' AND a.amount > 0 GROUP BY a.id HAVING count(r.id) <> 1`},
	{rule: "2", table: "orders", line: "order {thing}: it has no private link",
		sql: `SELECT o.id AS thing FROM orders o WHERE o.id > @from AND o.id <= @to AND NOT EXISTS (
			SELECT 1 FROM links l WHERE l.purpose = 'order' AND l.thing_id = o.id)`},
}

// numberInvariants: what being paid adds is there exactly when an order is
// paid, and numbers are consecutive.
var numberInvariants = []invariant{
	{rule: "numbers", table: "orders", line: "order {thing}: it is {word}, and its number, tax or day of payment do not fit that",
		sql: `SELECT o.id AS thing, o.state AS word FROM orders o WHERE o.id > @from AND o.id <= @to AND (
			(o.state = 'paid') <> (o.number IS NOT NULL) OR (o.state = 'paid') <> (o.tax IS NOT NULL)
				OR (o.tax IS NULL) <> (o.shipping_tax IS NULL)
			OR (o.state = 'paid') <> (o.paid_at IS NOT NULL))`},
	{rule: "numbers", table: "orders", line: "order number {a} is missing before order {thing}",
		sql: `SELECT o.id AS thing, o.number - 1 AS a FROM orders o WHERE o.id > @from AND o.id <= @to AND o.number > 1001
			AND NOT EXISTS (SELECT 1 FROM orders p WHERE p.number = o.number - 1)`},
	{rule: "numbers", line: "order numbers end at {a}, their counter says {b}",
		sql: `SELECT last AS a, value AS b FROM (SELECT value, (SELECT coalesce(max(number), 1000) FROM orders) AS last
			FROM counters WHERE name = 'order_number') n WHERE last <> value`},
}
