package database

// disputeInvariants are rule 3 for what banks take, and what must be true of
// the answers.
var disputeInvariants = []invariant{
	{rule: "3", table: "disputes", line: "dispute {thing}: it is of order {a}, its payment of order {b}",
		sql: `SELECT d.id AS thing, d.order_id AS a, a.order_id AS b FROM disputes d JOIN payment_attempts a ON a.id = d.attempt_id
			WHERE d.id > @from AND d.id <= @to AND d.order_id <> a.order_id`},
	{rule: "3", table: "disputes", line: "dispute {thing}: it is about charge {word}, payment {a} has another",
		sql: `SELECT d.id AS thing, a.id AS a, d.charge_id AS word FROM disputes d JOIN payment_attempts a ON a.id = d.attempt_id
			WHERE d.id > @from AND d.id <= @to AND d.charge_id <> a.charge_id AND a.charge_id <> ''`},
	{rule: "3", table: "disputes", line: "dispute {thing}: it is {word} and of {b} cents, and keeps {a}",
		sql: `SELECT d.id AS thing, d.withdrawn AS a, d.amount AS b, d.state AS word FROM disputes d
			WHERE d.id > @from AND d.id <= @to AND (d.withdrawn > d.amount OR d.withdrawn > 0 AND d.state LIKE 'warning_%')`},
	{rule: "3", table: "disputes", line: "dispute {thing}: it is {word}, and whether it has ended does not fit that",
		sql: `SELECT d.id AS thing, d.state AS word FROM disputes d WHERE d.id > @from AND d.id <= @to
			AND (d.ended_at IS NOT NULL) <> (d.state IN ('won', 'lost', 'warning_closed'))`},
	{rule: "3", table: "disputes", line: "dispute {thing}: its answer is {word}, and when it was sent, under which key or which draft Stripe has does not fit that",
		sql: `SELECT d.id AS thing, d.evidence_state AS word FROM disputes d WHERE d.id > @from AND d.id <= @to AND (
			d.evidence_state = 'sent' AND d.sent_at IS NULL OR d.evidence_state IN ('sending', 'sent') AND d.evidence_key = ''
			OR d.evidence_state = 'none' AND d.evidence_version > 0 OR d.evidence_staged > d.evidence_version)`},
}
