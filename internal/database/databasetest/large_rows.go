package databasetest

import (
	"strconv"
	"time"
)

// The newest order is placed at this instant, 2026-11-22 10:00 UTC, and each
// older one 250 seconds earlier: two years for 250,000.
const newest = "1795341600000000"

// newestAt is the same since 1970.
const newestAt = 1795341600000000 * time.Microsecond

// growth makes a shop of products 1… and orders 1…, whose rows are functions
// of their number alone.
var growth = []string{
	`CREATE TEMPORARY TABLE n (i bigint PRIMARY KEY)`,
	`INSERT INTO n WITH RECURSIVE up (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up
		WHERE i < CASE WHEN {products} > {orders} THEN {products} ELSE {orders} END) SELECT i FROM up`,
	`CREATE TEMPORARY TABLE first (i bigint PRIMARY KEY, name text)`,
	`INSERT INTO first VALUES ` + words("Ada", "Ben", "Cleo", "Dana", "Eli", "Fay", "Gus", "Hana", "Ira", "June",
		"Kai", "Lena", "Milo", "Nora", "Otis", "Pia", "Quinn", "Rosa", "Sam", "Tess", "Uma", "Vera", "Wes", "Xenia", "Yuri", "Zoe", "Anouk", "Björn", "Chloé", "Doğan"),
	`CREATE TEMPORARY TABLE last (i bigint PRIMARY KEY, name text)`,
	`INSERT INTO last SELECT i - 1, CASE WHEN i % 7 = 0 THEN 'O''' ELSE '' END || s || e FROM (
		SELECT row_number() OVER (ORDER BY s, e) AS i, s, e FROM (` + column("s", "Ash", "Birch", "Cald", "Dray", "Elm", "Farn", "Grey", "Hale", "Ives", "Kirk", "Lind", "Marsh", "North", "Oak", "Penn", "Quill", "Rook", "Stan", "Thorn", "Wren") +
		`) a CROSS JOIN (` + column("e", "by", "combe", "dale", "er", "field", "ford", "gate", "ham", "hurst", "ley", "man", "mere", "more", "ness", "son", "stead", "ton", "well", "wick", "wood", "worth", "wright", "cote", "den", "fell") + `) b) x`,

	`INSERT INTO products (id, handle, title, description, vendor, category, type, status, published, seo_title, seo_text, gift_card, family, colour,
			order_limit, gender, surface, support, cushioning, drop_mm, heel_mm, forefoot_mm, weight_grams, released, fit_note, price_low, created_at, updated_at, version)
		SELECT i, 'shoe-' || i, CASE i % 9 WHEN 0 THEN 'Tern' WHEN 1 THEN 'Swift' WHEN 2 THEN 'Heron' WHEN 3 THEN 'Plover' WHEN 4 THEN 'Dunlin'
			WHEN 5 THEN 'Knot' WHEN 6 THEN 'Godwit' WHEN 7 THEN 'Ruff' ELSE 'Avocet' END || ' ' || (i / 9) || ' – ' || CASE i % 4 WHEN 0 THEN 'Ember' WHEN 1 THEN 'Moss' WHEN 2 THEN 'Slate' ELSE 'Bone' END,
			'<p>A light shoe for long days, with room at the toes and a heel that holds. It is made to be resoled.</p>', 'Maker ' || (i % 25), '', CASE WHEN i % 3 = 0 THEN 'Trail' ELSE 'Road' END,
			CASE WHEN i % 20 = 0 THEN 'draft' WHEN i % 20 = 1 THEN 'archived' ELSE 'active' END, {true}, '', '', {false}, 'family-' || (i / 4), 'Colour ' || (i % 4),
			0, 'unisex', 'road', 'neutral', 'soft', 8, 32, 24, 250, '', '', 9000 + (i % 150) * 100,
			{at:` + newest + ` - i * 3600000000}, {at:` + newest + ` - i * 60000000}, 1 FROM n WHERE i <= {products}`,
	`INSERT INTO product_options (product_id, position, name) SELECT i, 1, 'Size' FROM n WHERE i <= {products}`,
	`INSERT INTO product_options (product_id, position, name) SELECT i, 2, 'Width' FROM n WHERE i <= {products}`,
	`INSERT INTO product_tags (product_id, tag) SELECT i, 'tag-' || (i % 40) FROM n WHERE i <= {products}`,
	`INSERT INTO variants (id, product_id, position, option1, option2, option3, sku, barcode, price, grams, weight_unit, tracked, policy, taxable, tax_code,
			requires_shipping, image_source, created_at, updated_at)
		SELECT (p.i - 1) * 44 + v.i, p.i, v.i, CAST(7 + (v.i - 1) / 4 AS text), CASE v.i % 4 WHEN 0 THEN '4E' WHEN 1 THEN 'B' WHEN 2 THEN 'D' ELSE '2E' END, '',
			'LR-' || p.i || '-' || v.i, CAST(4000000000000 + (p.i - 1) * 44 + v.i AS text), 9000 + (p.i % 150) * 100, 600, 'g', {true}, 'deny', {true}, '',
			{true}, '', {at:` + newest + ` - p.i * 3600000000}, {at:` + newest + ` - p.i * 60000000}
		FROM n p CROSS JOIN n v WHERE p.i <= {products} AND v.i <= 44`,

	`INSERT INTO orders (id, cart_id, cart_digest, number, state, fulfilment, review, currency, settings_version, zone_code, subtotal, discount, shipping, free_ships,
			total, tax, shipping_tax, note, gift_note, placed_at, paid_at, closed_at)
		SELECT i, i, '', CASE WHEN i % 12 = 0 THEN NULL ELSE 1000 + i - i / 12 END, CASE WHEN i % 12 = 0 THEN 'cancelled' ELSE 'paid' END,
			CASE WHEN i % 12 = 0 OR i > {orders} - {waiting} THEN 'unfulfilled' WHEN i > {orders} - {recent} THEN 'fulfilled' ELSE 'delivered' END,
			CASE WHEN i % 12 <> 0 AND i > {orders} - 50 AND i % 5 = 0 THEN 'the address is off the list' ELSE '' END, 'usd', 1, 'us',
			28000, 0, 0, {true}, 28000, CASE WHEN i % 12 = 0 THEN NULL ELSE 2000 END, CASE WHEN i % 12 = 0 THEN NULL ELSE 0 END,
			'', CASE WHEN i % 50 = 0 THEN 'Happy miles' ELSE '' END,
			{at:` + placed + `}, CASE WHEN i % 12 = 0 THEN NULL ELSE {at:` + placed + ` + 60000000} END, CASE WHEN i % 12 = 0 THEN {at:` + placed + ` + 2400000000} ELSE NULL END
		FROM n WHERE i <= {orders}`,
	`INSERT INTO order_lines (id, order_id, position, product_id, variant_id, handle, title, variant_title, vendor, sku, price, quantity, amount, discount, ships,
			taxable, tax_code, gift_card, tracked)
		SELECT (o.i - 1) * 2 + l.i, o.i, l.i, v.product_id, v.id, 'shoe-' || v.product_id, p.title, v.option1 || ' / ' || v.option2, p.vendor, v.sku,
			14000, 1, 14000, 0, {true}, {true}, '', {false}, {true}
		FROM n o CROSS JOIN n l JOIN variants v ON v.id = (o.i * 7919 + l.i * 104729) % ({products} * 44) + 1 JOIN products p ON p.id = v.product_id
		WHERE o.i <= {orders} AND l.i <= 2`,
	`INSERT INTO order_units (id, order_id, order_line_id, position, paid_net, paid_tax, state)
		SELECT l.id, l.order_id, l.id, 1, 14000, CASE WHEN o.state = 'paid' THEN 1000 ELSE NULL END,
			CASE WHEN o.fulfilment = 'unfulfilled' THEN 'waiting' ELSE 'shipped' END FROM order_lines l JOIN orders o ON o.id = l.order_id`,
	`INSERT INTO order_tenders (order_id, kind, amount) SELECT id, 'stripe', 30000 FROM orders WHERE state = 'paid'`,
	`INSERT INTO order_contacts (order_id, email, name, phone, ship_name, line1, line2, city, state, postal_code, country)
		SELECT o.i, lower(f.name) || '.' || (o.i % 90000) || '@runner.example', f.name || ' ' || l.name, '', f.name || ' ' || l.name,
			(o.i % 900) || ' River Path', '', 'Portland', 'OR', '97209', 'US'
		FROM n o JOIN first f ON f.i = o.i % 30 JOIN last l ON l.i = (o.i / 30) % 500 WHERE o.i <= {orders} AND o.i % 12 <> 0`,
	`INSERT INTO order_words (word, order_id) SELECT lower(email), order_id FROM order_contacts`,
	`INSERT INTO order_words (word, order_id) SELECT lower(f.name), o.i FROM n o JOIN first f ON f.i = o.i % 30 WHERE o.i <= {orders} AND o.i % 12 <> 0`,
	`INSERT INTO order_words (word, order_id) SELECT lower(l.name), o.i FROM n o JOIN last l ON l.i = (o.i / 30) % 500 WHERE o.i <= {orders} AND o.i % 12 <> 0`,
	`INSERT INTO payment_attempts (id, order_id, reference, state, idempotency_key, params, amount, currency, session_id, url, expires_at, payment_intent, charge_id,
			card_brand, card_last4, created_at, ended_at)
		SELECT id, id, 'ref-' || id, CASE WHEN state = 'paid' THEN 'paid' WHEN id % {late} = 0 THEN 'late' ELSE 'expired' END, 'key-' || id, CAST('{}' AS {jsontype}), 28000, 'usd', 'cs_test_' || id, '',
			{at:` + placed2 + ` + 2400000000}, CASE WHEN state = 'paid' THEN 'pi_' || id ELSE '' END, CASE WHEN state = 'paid' THEN 'ch_' || id ELSE '' END,
			'visa', '4242', placed_at, coalesce(paid_at, closed_at) FROM orders`,
	`INSERT INTO refunds (order_id, attempt_id, amount, cause, state, idempotency_key, stripe_id, last_error, created_at, ended_at)
		SELECT order_id, id, amount, 'late_payment', CASE WHEN id > {orders} - 3 * {late} THEN 'recorded' ELSE 'succeeded' END, 're-' || id,
			CASE WHEN id > {orders} - 3 * {late} THEN NULL ELSE 're_' || id END, '', ended_at,
			CASE WHEN id > {orders} - 3 * {late} THEN NULL ELSE ended_at END
		FROM payment_attempts WHERE state = 'late' ORDER BY id`,
	`INSERT INTO links (purpose, thing_id, nonce, key_id, digest, created_at)
		SELECT 'order', id, {blob:'nonce-' || id}, 'gone', {blob:'digest-' || id}, placed_at FROM orders`,
	`INSERT INTO stock_holds (variant_id, quantity, cause_kind, cause_id, state, created_at, ended_at)
		SELECT l.variant_id, count(*), 'order', o.id, CASE WHEN o.state = 'paid' THEN 'sold' ELSE 'released' END, o.placed_at, coalesce(o.paid_at, o.closed_at)
		FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY l.variant_id, o.id, o.state, o.placed_at, o.paid_at, o.closed_at`,
	`INSERT INTO stock_movements (variant_id, place, delta, cause_kind, cause_id, step, who, at)
		SELECT id, 'shop', CASE WHEN id % 10 < 4 THEN 0 ELSE id % 10 END + (SELECT count(*) FROM order_lines l JOIN orders o ON o.id = l.order_id
			WHERE l.variant_id = variants.id AND o.state = 'paid'), 'import', 'opening', 'open', 'command', created_at FROM variants`,
	`INSERT INTO stock_movements (variant_id, place, delta, cause_kind, cause_id, step, who, at)
		SELECT l.variant_id, 'shop', -count(*), 'order', CAST(o.id AS text), 'sold', 'stripe', o.paid_at
		FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.state = 'paid' GROUP BY l.variant_id, o.id, o.paid_at`,
	`INSERT INTO stock_levels (variant_id, place, on_hand, held) SELECT id, 'shop', CASE WHEN id % 10 < 4 THEN 0 ELSE id % 10 END, 0 FROM variants`,

	`INSERT INTO parcels (id, order_id, number, key, state, carrier, tracking, tracking_url, version, shipped_at, delivered_at)
		SELECT id, id, 1, 'parcel-' || id, CASE WHEN fulfilment = 'delivered' THEN 'delivered' ELSE 'shipped' END, 'USPS', 'T' || id, '', 1, paid_at,
			CASE WHEN fulfilment = 'delivered' THEN paid_at ELSE NULL END FROM orders WHERE fulfilment IN ('fulfilled', 'delivered')`,
	`INSERT INTO parcel_units (unit_id, parcel_id) SELECT id, order_id FROM order_units WHERE state = 'shipped'`,

	`INSERT INTO returns (id, order_id, number, key, channel, state, override, asked_at, deadline_at, sent_at, arrived_at, answer_due_at, closed_at)
		SELECT id, id, 1000 + id, 'return-' || id, 'shopper', CASE WHEN id % 25 = 1 THEN 'arrived' WHEN id % 25 < 5 THEN 'requested' WHEN id % 25 < 10 THEN 'sent' ELSE 'cancelled' END,
			'', paid_at, paid_at, CASE WHEN id % 25 BETWEEN 5 AND 9 THEN paid_at ELSE NULL END, CASE WHEN id % 25 = 1 THEN paid_at ELSE NULL END,
			CASE WHEN id % 25 = 1 THEN paid_at ELSE NULL END, CASE WHEN id % 25 >= 10 THEN paid_at ELSE NULL END
		FROM orders WHERE fulfilment IN ('fulfilled', 'delivered')`,
	`INSERT INTO return_units (return_id, unit_id, live, reason, comment, outcome, reception, condition, disposition, note, ended_at)
		SELECT r.id, u.id, CASE WHEN r.state = 'cancelled' THEN {false} ELSE {true} END, 'too_small.half', '', 'refund',
			CASE r.state WHEN 'cancelled' THEN 'over' WHEN 'arrived' THEN 'missing' ELSE 'awaited' END, '', '', '', r.closed_at
		FROM returns r JOIN order_units u ON u.order_id = r.order_id ORDER BY u.id`,

	step("order", "orders", "'', 'pending'", "placed_at", ""),
	step("order", "orders", "'pending', state", "coalesce(paid_at, closed_at)", ""),
	step("attempt", "payment_attempts", "'', 'creating'", "created_at", ""),
	step("attempt", "payment_attempts", "'creating', 'open'", "created_at", ""),
	step("attempt", "payment_attempts", "'open', state", "ended_at", ""),
	step("refund", "refunds", "'', 'recorded'", "created_at", ""),
	step("refund", "refunds", "'recorded', 'succeeded'", "created_at", "WHERE state = 'succeeded'"),
	step("fulfilment", "orders", "'unfulfilled', 'fulfilled'", "paid_at", "WHERE fulfilment IN ('fulfilled', 'delivered')"),
	step("fulfilment", "orders", "'fulfilled', 'delivered'", "paid_at", "WHERE fulfilment = 'delivered'"),
	step("parcel", "parcels", "'', 'shipped'", "shipped_at", ""),
	step("return", "returns", "'', 'requested'", "asked_at", ""),
	step("return", "returns", "'requested', state", "asked_at", "WHERE state <> 'requested'"),
	step("parcel", "parcels", "'shipped', 'delivered'", "shipped_at", "WHERE state = 'delivered'"),

	`INSERT INTO discounts (code, kind, value, minimum, scope, starts_at, active, uses, version, created_at, updated_at)
		SELECT 'CODE-' || i, 'percent', 10, 0, 'all', {at:` + newest + `}, {true}, 0, 1, {at:` + newest + `}, {at:` + newest + `} FROM n WHERE i <= 500`,
	`INSERT INTO contact_messages (key, name, email, order_number, body, created_at, answered_at, answered_by)
		SELECT 'message-' || o.id, c.name, c.email, CAST(o.number AS text), 'Does it run small?', o.placed_at,
			CASE WHEN o.id % 4 = 0 THEN o.placed_at ELSE NULL END, CASE WHEN o.id % 4 = 0 THEN 'staff:1' ELSE '' END
		FROM orders o JOIN order_contacts c ON c.order_id = o.id WHERE o.id % 5 <= 1 ORDER BY o.id`,
	`INSERT INTO mails (kind, key, recipient, thing_id, message_id, state, created_at, handed_at)
		SELECT 'order_confirmation', 'order-confirmation:' || o.id, c.email, o.id, 'message-' || o.id, 'handed', o.paid_at, o.paid_at
		FROM orders o JOIN order_contacts c ON c.order_id = o.id ORDER BY o.id`,
	`INSERT INTO jobs (kind, key, payload, state, run_at, attempts, fence, last_error, created_at, finished_at)
		SELECT 'mail', key, CAST('{"id":' || id || '}' AS {jsontype}), CASE WHEN id % {dead} = 0 THEN 'dead' ELSE 'done' END, created_at, 1, 1,
			CASE WHEN id % {dead} = 0 THEN 'connection refused' ELSE '' END, created_at, created_at FROM mails ORDER BY id`,
	`INSERT INTO stripe_events (id, type, object_id, object_kind, api_version, live_mode, created_at, received_at, payload)
		SELECT 'evt_' || id, 'checkout.session.completed', session_id, 'checkout.session', '2023-10-16', {false}, ended_at, ended_at, '{}'
		FROM payment_attempts WHERE state = 'paid'`,

	`INSERT INTO settings_versions (version, document, who, created_at)
		SELECT s.version + n.i, s.document, 'command', s.created_at FROM settings_versions s CROSS JOIN n WHERE s.version = 1 AND n.i <= 500 AND n.i <= {orders} / 4`,
	`INSERT INTO alarms (kind, key, message, url, times, opened_at, last_at, closed_at, closed_by, note)
		SELECT CASE i % 3 WHEN 0 THEN 'dead_job' WHEN 1 THEN 'webhook_quiet' ELSE 'order_review' END, 'thing ' || i, 'Somebody should look at thing ' || i || '.', '/staff/system', 1,
			{at:` + newest + ` - i * 3600000000}, {at:` + newest + ` - i * 3600000000}, CASE WHEN i % 10 = 0 THEN NULL ELSE {at:` + newest + ` - i * 3000000000} END, '', ''
		FROM n WHERE i <= {products}`,
	`INSERT INTO verify_runs (key, state, who, started_at, ended_at, violations, notices, report, failure)
		SELECT 'run:' || i, 'ended', 'job', {at:` + newest + ` - (1000 - i) * 86400000000}, {at:` + newest + ` - (1000 - i) * 86400000000}, 0, 0, CAST('{}' AS {jsontype}), ''
		FROM n WHERE i < 1000 AND i <= {orders} ORDER BY i`,

	`INSERT INTO collections (handle, title, description, sort_order, position, published, created_at, updated_at)
		SELECT 'collection-' || i, 'Collection ' || i, '<p>Shoes that go together.</p>', 'manual', i, {true}, {at:` + newest + `}, {at:` + newest + `} FROM n WHERE i <= 40 AND i <= {products}`,
	`INSERT INTO collection_products (collection_id, product_id, position)
		SELECT c.id, n.i, n.i FROM collections c JOIN n ON n.i <= CASE WHEN c.position = 1 THEN 5000 ELSE 500 END AND n.i <= {products}`,

	`UPDATE counters SET value = (SELECT max(number) FROM orders) WHERE name = 'order_number' AND {orders} > 0`,
}

// placed is when order i was placed, placed2 when order id was.
const (
	placed  = newest + " - ({orders} - i) * 250000000"
	placed2 = newest + " - ({orders} - id) * 250000000"
)

// step writes one step of every thing of a kind.
func step(kind, table, move, at, which string) string {
	return `INSERT INTO steps (thing_kind, thing_id, from_state, to_state, cause, who, at) SELECT '` + kind + `', id, ` + move + `, '', 'job', ` + at + ` FROM ` + table + ` ` + which + ` ORDER BY id`
}

// words are numbered rows from 0.
func words(list ...string) string {
	rows := ""
	for i, w := range list {
		if i > 0 {
			rows += ", "
		}
		rows += "(" + strconv.Itoa(i) + ", '" + w + "')"
	}
	return rows
}

// column is a query for a column of texts.
func column(name string, list ...string) string {
	query := ""
	for i, w := range list {
		if i > 0 {
			query += " UNION ALL "
		}
		query += "SELECT '" + w + "' AS " + name
	}
	return query
}
