-- What became of an order's pieces: sent in parcels, or cancelled and their money given back; and how staff find an order.
-- previous release: yes
-- +goose Up
CREATE TABLE parcels (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id     INTEGER NOT NULL REFERENCES orders (id),
    number       INTEGER NOT NULL CHECK (number > 0),
    key          TEXT NOT NULL UNIQUE,
    state        TEXT NOT NULL CHECK (state IN ('shipped', 'delivered', 'undone')),
    carrier      TEXT NOT NULL,
    tracking     TEXT NOT NULL,
    tracking_url TEXT NOT NULL,
    version      INTEGER NOT NULL,
    shipped_at   INTEGER NOT NULL,
    delivered_at INTEGER,
    UNIQUE (order_id, number)
) STRICT;
CREATE INDEX parcels_on_the_way ON parcels (shipped_at, id) WHERE state = 'shipped';
CREATE INDEX parcels_tracking ON parcels (tracking) WHERE tracking <> '';

CREATE TABLE parcel_units (
    unit_id   INTEGER NOT NULL PRIMARY KEY REFERENCES order_units (id),
    parcel_id INTEGER NOT NULL REFERENCES parcels (id)
) STRICT;
CREATE INDEX parcel_units_parcel ON parcel_units (parcel_id, unit_id);

ALTER TABLE order_units ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'shipped', 'cancelled'));

ALTER TABLE orders ADD COLUMN fulfilment TEXT NOT NULL DEFAULT 'unfulfilled' CHECK (fulfilment IN ('unfulfilled', 'partial', 'fulfilled', 'delivered', 'cancelled'));
CREATE INDEX orders_to_ship ON orders (paid_at, id) WHERE state = 'paid' AND fulfilment IN ('unfulfilled', 'partial') AND review = '';
CREATE INDEX orders_review ON orders (id) WHERE review <> '';
CREATE INDEX orders_paid ON orders (paid_at, id) WHERE state = 'paid';
CREATE INDEX orders_fulfilment ON orders (fulfilment, id) WHERE state = 'paid';
CREATE INDEX orders_state ON orders (state, id);
CREATE INDEX order_lines_sku ON order_lines (sku, order_id) WHERE sku <> '';

CREATE TABLE order_words (
    word     TEXT NOT NULL CHECK (word <> ''),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (word, order_id)
) STRICT;
CREATE INDEX order_words_order ON order_words (order_id);
CREATE INDEX mails_thing ON mails (thing_id, kind);
INSERT INTO order_words (word, order_id) SELECT lower(email), order_id FROM order_contacts WHERE email <> '';
INSERT INTO order_words (word, order_id) SELECT lower(name), order_id FROM order_contacts WHERE name <> '' AND lower(name) <> lower(email);

ALTER TABLE refunds ADD COLUMN shipping INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refunds ADD COLUMN shipping_tax INTEGER NOT NULL DEFAULT 0;
CREATE TABLE refund_units (
    unit_id   INTEGER NOT NULL PRIMARY KEY REFERENCES order_units (id),
    refund_id INTEGER NOT NULL REFERENCES refunds (id),
    net       INTEGER NOT NULL CHECK (net >= 0),
    tax       INTEGER NOT NULL CHECK (tax >= 0)
) STRICT;
CREATE INDEX refund_units_refund ON refund_units (refund_id, unit_id);

-- +goose Down
DROP TABLE refund_units;
ALTER TABLE refunds DROP COLUMN shipping_tax;
ALTER TABLE refunds DROP COLUMN shipping;
DROP INDEX mails_thing;
DROP TABLE order_words;
DROP INDEX order_lines_sku;
DROP INDEX orders_state;
DROP INDEX orders_fulfilment;
DROP INDEX orders_paid;
DROP INDEX orders_review;
DROP INDEX orders_to_ship;
ALTER TABLE orders DROP COLUMN fulfilment;
ALTER TABLE order_units DROP COLUMN state;
DROP TABLE parcel_units;
DROP TABLE parcels;
