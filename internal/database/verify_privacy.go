package database

// privacyInvariants are what must be true of what was erased and of who asked
// for it.
var privacyInvariants = []invariant{
	{rule: "privacy", table: "orders", line: "order {thing}: its person was erased, and {word} is still there",
		sql: `SELECT o.id AS thing, CASE WHEN o.note <> '' OR o.gift_note <> '' THEN 'a note'
				WHEN EXISTS (SELECT 1 FROM order_words w WHERE w.order_id = o.id) THEN 'a word to find it by'
				WHEN EXISTS (SELECT 1 FROM order_attributes a WHERE a.order_id = o.id) THEN 'an attribute' ELSE 'the contact' END AS word
			FROM orders o LEFT JOIN order_contacts c ON c.order_id = o.id
			WHERE o.id > @from AND o.id <= @to AND o.erased_at IS NOT NULL AND (o.note <> '' OR o.gift_note <> ''
				OR c.email <> '' OR c.name <> '' OR c.phone <> '' OR c.ship_name <> '' OR c.line1 <> '' OR c.line2 <> '' OR c.city <> ''
				OR EXISTS (SELECT 1 FROM order_words w WHERE w.order_id = o.id)
				OR EXISTS (SELECT 1 FROM order_attributes a WHERE a.order_id = o.id))`},
	{rule: "privacy", table: "order_lines", line: "order {a}, line {thing}: its person was erased, and what they wrote on it is still there",
		sql: `SELECT l.id AS thing, o.id AS a FROM order_lines l JOIN orders o ON o.id = l.order_id AND o.erased_at IS NOT NULL
			WHERE l.id > @from AND l.id <= @to AND EXISTS (SELECT 1 FROM order_line_properties p WHERE p.order_line_id = l.id)`},
	{rule: "privacy", table: "parcels", line: "order {a}, parcel {thing}: its person was erased, and its tracking is still there",
		sql: `SELECT p.id AS thing, o.id AS a FROM parcels p JOIN orders o ON o.id = p.order_id AND o.erased_at IS NOT NULL
			WHERE p.id > @from AND p.id <= @to AND (p.tracking <> '' OR p.tracking_url <> '')`},
	{rule: "privacy", table: "privacy_requests", line: "request {thing}: it is {word}, and whether its address is still there does not fit that",
		sql: `SELECT r.id AS thing, r.state AS word FROM privacy_requests r WHERE r.id > @from AND r.id <= @to
			AND ((r.state = 'done') <> (length(r.sealed) = 0) OR (r.state = 'done') <> (r.ended_at IS NOT NULL))`},
	{rule: "privacy", table: "privacy_requests", line: "request {thing}: it is {word}, and no reason or no job fits that",
		sql: `SELECT r.id AS thing, r.state AS word FROM privacy_requests r WHERE r.id > @from AND r.id <= @to AND r.kind = 'erase'
			AND ((r.state = 'postponed') <> (r.why <> '') OR r.state = 'open' AND NOT EXISTS (SELECT 1 FROM jobs j
				WHERE j.kind = 'erase' AND j.key LIKE 'erase:' || CAST(r.id AS text) || ':%' AND j.state IN ('ready', 'dead')))`},
}
