-- What comes back: returns by the piece, and the orders by which another size is sent in its place.
-- previous release: yes
-- +goose Up
CREATE TABLE returns (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id      INTEGER NOT NULL REFERENCES orders (id),
    number        INTEGER NOT NULL UNIQUE,
    key           TEXT NOT NULL UNIQUE,
    channel       TEXT NOT NULL CHECK (channel IN ('shopper', 'staff')),
    state         TEXT NOT NULL CHECK (state IN ('requested', 'sent', 'arrived', 'closed', 'cancelled', 'expired')),
    override      TEXT NOT NULL,
    asked_at      INTEGER NOT NULL,
    deadline_at   INTEGER NOT NULL,
    sent_at       INTEGER,
    arrived_at    INTEGER,
    answer_due_at INTEGER,
    closed_at     INTEGER
) STRICT;
CREATE INDEX returns_order ON returns (order_id, id);
CREATE INDEX returns_coming ON returns (deadline_at, id) WHERE state IN ('requested', 'sent');
CREATE INDEX returns_due ON returns (answer_due_at, id) WHERE state = 'arrived';

CREATE TABLE return_units (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    return_id   INTEGER NOT NULL REFERENCES returns (id),
    unit_id     INTEGER NOT NULL REFERENCES order_units (id),
    live        INTEGER NOT NULL CHECK (live IN (0, 1)),
    reason      TEXT NOT NULL,
    comment     TEXT NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('refund', 'exchange')),
    variant_id  INTEGER CHECK ((variant_id IS NULL) = (outcome = 'refund')),
    exchange_id INTEGER UNIQUE REFERENCES orders (id) CHECK ((exchange_id IS NULL) = (outcome = 'refund')),
    reception   TEXT NOT NULL CHECK (reception IN ('awaited', 'received', 'missing', 'over')),
    received_at INTEGER CHECK ((received_at IS NULL) = (reception <> 'received')),
    condition   TEXT NOT NULL,
    disposition TEXT NOT NULL,
    note        TEXT NOT NULL,
    refund_id   INTEGER REFERENCES refunds (id) CHECK (refund_id IS NULL OR outcome = 'refund'),
    ended_at    INTEGER,
    UNIQUE (return_id, unit_id)
) STRICT;
CREATE UNIQUE INDEX return_units_once ON return_units (unit_id) WHERE live;
CREATE INDEX return_units_refund ON return_units (refund_id) WHERE refund_id IS NOT NULL;

INSERT INTO counters (name, value) VALUES ('return_number', 1000);

ALTER TABLE orders ADD COLUMN exchange_of INTEGER REFERENCES order_units (id);
CREATE INDEX orders_exchange ON orders (exchange_of) WHERE exchange_of IS NOT NULL;
DROP INDEX orders_one_pending;
CREATE UNIQUE INDEX orders_one_pending ON orders (cart_id) WHERE state = 'pending' AND exchange_of IS NULL;

-- +goose Down
DROP INDEX orders_one_pending;
CREATE UNIQUE INDEX orders_one_pending ON orders (cart_id) WHERE state = 'pending';
DROP TABLE return_units;
DROP TABLE returns;
DELETE FROM counters WHERE name = 'return_number';
DROP INDEX orders_exchange;
ALTER TABLE orders DROP COLUMN exchange_of;
