package database_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"longrun/internal/database"
)

// manyOrders fills a shop with n orders as years leave them behind: nearly all
// paid and delivered, some on the way, the newest waiting, a few for staff.
func manyOrders(t *testing.T, db *database.DB, n int) {
	t.Helper()
	yes, no, at := "true", "false", "timestamptz '2026-01-01' + i * interval '1 minute'"
	if db.Kind() == database.SQLite {
		yes, no, at = "1", "0", fmt.Sprintf("%d + i * 60000000", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro())
	}
	series := fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", n)
	statements := []string{
		`INSERT INTO orders (cart_id, cart_digest, number, state, fulfilment, review, currency, settings_version, zone_code, subtotal, discount,
				shipping, free_ships, total, tax, shipping_tax, note, gift_note, placed_at, paid_at) ` + series + `SELECT i, 'd',
			CASE WHEN i % 50 <> 0 THEN 1000 + i END, CASE WHEN i % 50 <> 0 THEN 'paid' WHEN i % 100 = 0 THEN 'cancelled' ELSE 'pending' END,
			CASE WHEN i % 50 = 0 OR i > ` + fmt.Sprint(n-n/80) + ` THEN 'unfulfilled' WHEN i > ` + fmt.Sprint(n-n/40) + ` THEN 'fulfilled' WHEN i % 100 = 1 THEN 'cancelled' ELSE 'delivered' END,
			CASE WHEN i % 1000 = 7 THEN 'the address is off the list' ELSE '' END, 'usd', 1, 'us', 14000, 0, 0, ` + yes + `, 14000,
			CASE WHEN i % 50 <> 0 THEN 0 END, CASE WHEN i % 50 <> 0 THEN 0 END, '', '', ` + at + `, CASE WHEN i % 50 <> 0 THEN ` + at + ` END FROM n`,
		`INSERT INTO order_lines (order_id, position, product_id, variant_id, handle, title, variant_title, vendor, sku, price, quantity, amount,
				discount, ships, taxable, tax_code, gift_card, tracked) SELECT o.id, p.i, o.id % 20000 + 1, o.id % 900000 + 1, 'shoe', 'Tern Racer', '9 / D', 'Hollis',
			'SKU-' || ((o.id * 7 + p.i) % 30000), 14000, 1, 14000, 0, ` + yes + `, ` + yes + `, '', ` + no + `, ` + yes + `
			FROM orders o JOIN (SELECT 1 AS i UNION ALL SELECT 2) p ON p.i <= 1 + (o.id % 3) / 2`,
		`INSERT INTO order_units (order_id, order_line_id, position, paid_net, paid_tax, state) SELECT l.order_id, l.id, 1, 14000, 0,
			CASE o.fulfilment WHEN 'unfulfilled' THEN 'waiting' WHEN 'cancelled' THEN 'cancelled' ELSE 'shipped' END FROM order_lines l JOIN orders o ON o.id = l.order_id`,
		`INSERT INTO order_contacts (order_id, email, name, phone, ship_name, line1, line2, city, state, postal_code, country)
			SELECT id, 'name' || (id % 500) || '.runner' || (id % 5000) || '@example.com', 'Name' || (id % 500) || ' Runner' || (id % 5000), '',
			CASE WHEN id % 50 = 1 THEN 'Ada Smith' ELSE '' END, '1 Track Road', '', 'Portland', 'OR', '97209', 'US' FROM orders WHERE state = 'paid'`,
		`INSERT INTO order_words (word, order_id) SELECT lower(email), order_id FROM order_contacts
			UNION ALL SELECT 'name' || (order_id % 500), order_id FROM order_contacts UNION ALL SELECT 'runner' || (order_id % 5000), order_id FROM order_contacts
			UNION ALL SELECT 'name' || (order_id % 500) || '.runner' || (order_id % 5000), order_id FROM order_contacts
			UNION ALL SELECT 'ada', order_id FROM order_contacts WHERE ship_name <> '' UNION ALL SELECT 'smith', order_id FROM order_contacts WHERE ship_name <> ''`,
		`INSERT INTO parcels (order_id, number, key, state, carrier, tracking, tracking_url, version, shipped_at)
			SELECT id, 1, 'key-' || id, CASE fulfilment WHEN 'fulfilled' THEN 'shipped' ELSE 'delivered' END, 'UPS', '1Z' || id, '', 1, paid_at
			FROM orders WHERE state = 'paid' AND fulfilment IN ('fulfilled', 'delivered')`,
		`INSERT INTO payment_attempts (order_id, reference, state, idempotency_key, params, amount, currency, session_id, url, expires_at, payment_intent, charge_id, card_brand, card_last4, created_at)
			SELECT id, 'ref-' || id, CASE state WHEN 'paid' THEN 'paid' ELSE 'late' END, 'cs-' || id, '{}', 14000, 'usd', 'cs_test_' || id, '', placed_at, 'pi_' || id, 'ch_' || id, 'visa', '4242', placed_at FROM orders`,
		`INSERT INTO refunds (order_id, attempt_id, amount, cause, state, idempotency_key, last_error, created_at)
			SELECT order_id, id, 14000, 'late_payment', CASE WHEN order_id % 1000 = 0 THEN 'recorded' ELSE 'succeeded' END, 're-' || id, '', created_at
			FROM payment_attempts WHERE state = 'late' AND order_id % 100 = 0`,
		`INSERT INTO mails (kind, key, recipient, thing_id, message_id, state, created_at) SELECT 'order_confirmation', 'oc-' || id, 'a@example.com', id, 'm' || id, 'handed', placed_at FROM orders WHERE state = 'paid'`,
		`INSERT INTO steps (thing_kind, thing_id, from_state, to_state, cause, who, at) SELECT 'order', id, 'pending', 'paid', 'paid', 'stripe', placed_at FROM orders WHERE state = 'paid'`,
	}
	if db.Kind() == database.Postgres { // which has no time for this otherwise, and looks after its statistics itself
		statements = slices.Concat([]string{"SET statement_timeout = 0"}, statements, []string{"ANALYZE", "RESET statement_timeout"})
	}
	writer, _ := db.Pools()
	connection, err := writer.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	for _, statement := range statements {
		if _, err := connection.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%.60s: %v", statement, err)
		}
	}
}
