package database

// stockInvariants are rule 1: what is on hand is what moved, what is held is
// what live holds hold, and nothing is promised twice.
var stockInvariants = []invariant{
	{rule: "1", table: "variants", line: "variant {thing}: movements in {word} come to {a}, on hand is {b}",
		sql: `SELECT l.variant_id AS thing, l.place AS word, CAST(coalesce(sum(m.delta), 0) AS bigint) AS a, l.on_hand AS b
			FROM stock_levels l LEFT JOIN stock_movements m ON m.variant_id = l.variant_id AND m.place = l.place
			WHERE l.variant_id > @from AND l.variant_id <= @to
			GROUP BY l.variant_id, l.place, l.on_hand HAVING coalesce(sum(m.delta), 0) <> l.on_hand`},
	{rule: "1", table: "variants", line: "variant {thing}: pieces moved in {word}, which has no count of it",
		sql: `SELECT DISTINCT m.variant_id AS thing, m.place AS word FROM stock_movements m
			WHERE m.variant_id > @from AND m.variant_id <= @to AND NOT EXISTS (
				SELECT 1 FROM stock_levels l WHERE l.variant_id = m.variant_id AND l.place = m.place)`},
	{rule: "1", table: "variants", line: "variant {thing}: {a} held in {word}, live holds come to {b}",
		sql: `SELECT l.variant_id AS thing, l.place AS word, l.held AS a, CAST(coalesce(sum(h.quantity), 0) AS bigint) AS b
			FROM stock_levels l LEFT JOIN stock_holds h ON h.variant_id = l.variant_id AND h.state = 'held' AND l.place = @shop
			WHERE l.variant_id > @from AND l.variant_id <= @to
			GROUP BY l.variant_id, l.place, l.held HAVING coalesce(sum(h.quantity), 0) <> l.held`},
	{rule: "1", table: "variants", line: "variant {thing}: {a} of it are held, and the shop has no count of it",
		sql: `SELECT h.variant_id AS thing, CAST(sum(h.quantity) AS bigint) AS a FROM stock_holds h
			WHERE h.state = 'held' AND h.variant_id > @from AND h.variant_id <= @to AND NOT EXISTS (
				SELECT 1 FROM stock_levels l WHERE l.variant_id = h.variant_id AND l.place = @shop)
			GROUP BY h.variant_id`},
	{rule: "1", table: "variants", line: "variant {thing}: {a} on hand and {b} held, though it may not be oversold",
		sql: `SELECT v.id AS thing, l.on_hand AS a, l.held AS b FROM variants v
			JOIN stock_levels l ON l.variant_id = v.id AND l.place || '' = @shop -- by variant, not all of the place
			WHERE v.id > @from AND v.id <= @to AND v.tracked AND v.policy = 'deny' AND l.on_hand < l.held`},
	{rule: "1", table: "variants", line: "variant {thing}: its stock is tracked, and the shop has no count of it",
		sql: `SELECT v.id AS thing FROM variants v WHERE v.id > @from AND v.id <= @to AND v.tracked AND NOT EXISTS (
			SELECT 1 FROM stock_levels l WHERE l.variant_id = v.id AND l.place = @shop)`},
	{rule: "1", table: "stock_movements", line: "movement {thing}: its note is not plain text on one line of 500 letters",
		sql: `SELECT m.id AS thing FROM stock_movements m WHERE m.id > @from AND m.id <= @to AND m.note <> ''
			AND (length(m.note) > 500 OR m.note LIKE '%` + "\n%' OR m.note LIKE '%\r%' OR m.note LIKE '%\t" + `%')`},
	{rule: "1", table: "stock_movements", line: "movement {thing}: it undoes a sale in store of variant {a} that never was",
		sql: `SELECT m.id AS thing, m.variant_id AS a FROM stock_movements m
			WHERE m.id > @from AND m.id <= @to AND m.cause_kind || '' = 'store' AND m.step = 'undone' AND NOT EXISTS (
				SELECT 1 FROM stock_movements s WHERE s.variant_id = m.variant_id AND s.place = m.place
					AND s.cause_kind = 'store' AND s.cause_id = m.cause_id AND s.step = 'sold' AND s.delta = -m.delta)`},
}

// orderWants are the tracked pieces of a stretch of orders, by variant.
const orderWants = `(SELECT order_id, variant_id, CAST(sum(quantity) AS bigint) AS wanted FROM order_lines
	WHERE tracked AND order_id > @from AND order_id <= @to GROUP BY order_id, variant_id) w
	JOIN orders o ON o.id = w.order_id`

// soldMovement joins what an order took out of the shop.
const soldMovement = ` LEFT JOIN stock_movements m ON m.variant_id = w.variant_id AND m.place = @shop
	AND m.cause_kind = 'order' AND m.cause_id = CAST(w.order_id AS text) AND m.step = 'sold'`

// liveAttempt says whether order o has a payment that may still come.
const liveAttempt = `EXISTS (SELECT 1 FROM payment_attempts a
	WHERE a.order_id = o.id AND a.state IN ('creating', 'open', 'processing'))`

// holdInvariants are rule 1 as orders see it: they hold what they want while
// they wait, have sold it once they are paid, and hold nothing after that.
var holdInvariants = []invariant{
	{rule: "1", table: "orders", line: "order {thing}: it waits for {b} of variant {a} and holds {c}",
		sql: `SELECT w.order_id AS thing, w.variant_id AS a, w.wanted AS b, coalesce(h.quantity, 0) AS c FROM ` + orderWants + `
			LEFT JOIN stock_holds h ON h.variant_id = w.variant_id AND h.cause_kind = 'order' AND h.cause_id = w.order_id AND h.state = 'held'
			WHERE o.state IN ('pending', 'processing') AND coalesce(h.quantity, 0) <> w.wanted`},
	{rule: "1", table: "orders", line: "order {thing}: it was paid for {b} of variant {a}, and {c} left the shop",
		sql: `SELECT w.order_id AS thing, w.variant_id AS a, w.wanted AS b, coalesce(-m.delta, 0) AS c FROM ` + orderWants + soldMovement + `
			WHERE o.state = 'paid' AND coalesce(-m.delta, 0) <> w.wanted`},
	{rule: "1", table: "orders", line: "order {thing}: {b} of variant {a} left the shop for it, and it is {word}",
		sql: `SELECT w.order_id AS thing, w.variant_id AS a, -m.delta AS b, o.state AS word FROM ` + orderWants + soldMovement + `
			WHERE o.state <> 'paid' AND m.id IS NOT NULL`},
	{rule: "1", table: "stock_holds", line: "order {thing}: it is {word} and still holds {b} of variant {a}",
		sql: `SELECT h.cause_id AS thing, h.variant_id AS a, h.quantity AS b, coalesce(o.state, 'not there') AS word
			FROM stock_holds h LEFT JOIN orders o ON o.id = h.cause_id
			WHERE h.id > @from AND h.id <= @to AND h.cause_kind || '' = 'order' AND h.state || '' = 'held' AND ( -- by stride, not all of the kind
				o.id IS NULL OR o.state = 'paid' OR o.state = 'cancelled' AND NOT ` + liveAttempt + `)`},
	{rule: "1", table: "stock_holds", line: "hold {thing}: it is {word}, and its end does not fit that",
		sql: `SELECT h.id AS thing, h.state AS word FROM stock_holds h
			WHERE h.id > @from AND h.id <= @to AND (h.state = 'held') <> (h.ended_at IS NULL)`},
}
