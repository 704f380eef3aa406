package database

// mailInvariants are rule 5: a mail that should go has a job that hands it
// over, one that went says when, and none is missing.
var mailInvariants = []invariant{
	{rule: "5", table: "mails", line: "mail {thing}: it is {word}, and the time of its hand-over does not fit that",
		sql: `SELECT m.id AS thing, m.state AS word FROM mails m
			WHERE m.id > @from AND m.id <= @to AND (m.state = 'handed') <> (m.handed_at IS NOT NULL)`},
	{rule: "5", table: "mails", line: "mail {thing}: it is {word}, and what the mail server said does not fit that",
		sql: `SELECT m.id AS thing, m.state AS word FROM mails m
			WHERE m.id > @from AND m.id <= @to AND (m.state = 'refused') <> (m.refusal <> '')`},
	{rule: "5", table: "mails", line: "mail {thing} ({word}): it waits, and no job will hand it over",
		sql: `SELECT m.id AS thing, m.key AS word FROM mails m WHERE m.id > @from AND m.id <= @to AND m.state = 'queued'
			AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'mail' AND j.key = m.key AND j.state IN ('ready', 'dead'))`},
	{rule: "5", table: "mails", line: "mail {thing}: it is about {word} {a}, which is not there",
		sql: `SELECT m.id AS thing, m.thing_id AS a, CASE m.kind WHEN 'shipped' THEN 'parcel' WHEN 'order_confirmation' THEN 'order' WHEN 'payment_failed' THEN 'order' ELSE 'refund' END AS word
			FROM mails m WHERE m.id > @from AND m.id <= @to AND ( -- not EXISTS, for which PostgreSQL would read all orders
			m.kind IN ('order_confirmation', 'payment_failed') AND (SELECT 1 FROM orders o WHERE o.id = m.thing_id) IS NULL
			OR m.kind IN ('late_refund', 'order_cancelled', 'refund') AND (SELECT 1 FROM refunds r WHERE r.id = m.thing_id) IS NULL
			OR m.kind = 'shipped' AND (SELECT 1 FROM parcels p WHERE p.id = m.thing_id) IS NULL)`},
	{rule: "5", table: "orders", line: "order {thing}: it is paid, and no confirmation was ever put in the outbox",
		sql: `SELECT o.id AS thing FROM orders o JOIN order_contacts c ON c.order_id = o.id AND c.email <> ''
			WHERE o.id > @from AND o.id <= @to AND o.state = 'paid' AND o.exchange_of IS NULL AND NOT EXISTS (
				SELECT 1 FROM mails m WHERE m.key = 'order-confirmation:' || CAST(o.id AS text) AND m.thing_id = o.id)`},
	{rule: "5", table: "mails", line: "mail {thing}: it confirms order {a}, which is {word}",
		sql: `SELECT m.id AS thing, o.id AS a, o.state AS word FROM mails m JOIN orders o ON o.id = m.thing_id
			WHERE m.id > @from AND m.id <= @to AND m.kind || '' = 'order_confirmation' AND o.state <> 'paid'`},
}
