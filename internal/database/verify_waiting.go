package database

// waitInvariants hold the lines of those who wait for a size to what was
// promised: nobody is told without a mail, nobody without having said yes,
// nobody is overtaken.
var waitInvariants = []invariant{
	{rule: "5", table: "stock_waits", line: "wait {thing}: it is {word}, and its times do not fit that",
		sql: `SELECT w.id AS thing, w.state AS word FROM stock_waits w WHERE w.id > @from AND w.id <= @to
			AND ((w.state IN ('asked', 'waiting')) <> (w.ended_at IS NULL)
				OR w.state = 'asked' AND w.joined_at IS NOT NULL OR w.state IN ('waiting', 'told', 'bought') AND w.joined_at IS NULL)`},
	{rule: "5", table: "stock_waits", line: "wait {thing}: it is {word}, and its address does not fit that",
		sql: `SELECT w.id AS thing, w.state AS word FROM stock_waits w WHERE w.id > @from AND w.id <= @to
			AND ((w.state = 'left') <> (w.address = '') OR w.state IN ('asked', 'waiting', 'told') AND w.email = '' OR w.state IN ('left', 'unwanted') AND w.email <> '')`},
	{rule: "5", table: "stock_waits", line: "wait {thing}: it was told, and no mail was ever put in the outbox",
		sql: `SELECT w.id AS thing FROM stock_waits w WHERE w.id > @from AND w.id <= @to AND w.state = 'told' AND NOT EXISTS (
			SELECT 1 FROM mails m WHERE m.key = 'back-in-stock:' || CAST(w.id AS text) || ':' || CAST(w.round AS text) AND m.thing_id = w.id)`},
	{rule: "5", table: "mails", line: "mail {thing}: it says that a size is back to wait {a}, which never said yes",
		sql: `SELECT m.id AS thing, m.thing_id AS a FROM mails m JOIN stock_waits w ON w.id = m.thing_id
			WHERE m.id > @from AND m.id <= @to AND m.kind || '' = 'back_in_stock' AND w.joined_at IS NULL`},
	{rule: "5", table: "stock_waits", line: "wait {thing}: it was told before wait {a}, which came first and was in the line",
		sql: `SELECT w.id AS thing, (` + overtaken + `) AS a FROM stock_waits w
			WHERE w.id > @from AND w.id <= @to AND w.state || '' = 'told' AND (` + overtaken + `) IS NOT NULL`},
}

// overtaken is who stood before a wait that was told and still waits.
const overtaken = `SELECT min(o.id) FROM stock_waits o WHERE o.variant_id = w.variant_id AND o.state = 'waiting' AND o.id < w.id AND o.joined_at < w.ended_at`
