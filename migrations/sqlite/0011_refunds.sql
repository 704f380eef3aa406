-- What a refund gives back besides pieces and shipping, and that what failed may be given back again.
-- previous release: yes
-- +goose Up
CREATE TABLE refund_units_before AS SELECT unit_id, refund_id, net, tax FROM refund_units;
DROP TABLE refund_units;
CREATE TABLE refunds_new (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id        INTEGER NOT NULL REFERENCES orders (id),
    attempt_id      INTEGER NOT NULL REFERENCES payment_attempts (id),
    amount          INTEGER NOT NULL CHECK (amount >= 0),
    cause           TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('recorded', 'pending', 'succeeded', 'failed')),
    idempotency_key TEXT NOT NULL UNIQUE,
    stripe_id       TEXT UNIQUE,
    last_error      TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    shipping        INTEGER NOT NULL DEFAULT 0 CHECK (shipping >= 0),
    shipping_tax    INTEGER NOT NULL DEFAULT 0 CHECK (shipping_tax >= 0),
    goodwill        INTEGER NOT NULL DEFAULT 0 CHECK (goodwill >= 0),
    given_before    INTEGER NOT NULL DEFAULT 0 CHECK (given_before >= 0),
    reason          TEXT NOT NULL DEFAULT '',
    again_of        INTEGER REFERENCES refunds_new (id)
) STRICT;
INSERT INTO refunds_new (id, order_id, attempt_id, amount, cause, state, idempotency_key, stripe_id, last_error, created_at, ended_at, shipping, shipping_tax)
    SELECT id, order_id, attempt_id, amount, cause, state, idempotency_key, stripe_id, last_error, created_at, ended_at, shipping, shipping_tax FROM refunds;
DROP TABLE refunds;
ALTER TABLE refunds_new RENAME TO refunds;
CREATE UNIQUE INDEX refunds_one_late ON refunds (attempt_id) WHERE cause = 'late_payment' AND state <> 'failed';
CREATE UNIQUE INDEX refunds_again_of ON refunds (again_of) WHERE again_of IS NOT NULL;
CREATE INDEX refunds_open ON refunds (id) WHERE state IN ('recorded', 'pending');
CREATE INDEX refunds_order ON refunds (order_id);
CREATE TABLE refund_units (
    refund_id INTEGER NOT NULL REFERENCES refunds (id),
    unit_id   INTEGER NOT NULL REFERENCES order_units (id),
    net       INTEGER NOT NULL CHECK (net >= 0),
    tax       INTEGER NOT NULL CHECK (tax >= 0),
    live      INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    PRIMARY KEY (refund_id, unit_id)
) STRICT;
CREATE UNIQUE INDEX refund_units_once ON refund_units (unit_id) WHERE live;
CREATE INDEX refund_units_unit ON refund_units (unit_id);
INSERT INTO refund_units (refund_id, unit_id, net, tax, live)
    SELECT b.refund_id, b.unit_id, b.net, b.tax, r.state <> 'failed' FROM refund_units_before b JOIN refunds r ON r.id = b.refund_id;
DROP TABLE refund_units_before;

-- +goose Down
CREATE TABLE refund_units_before AS SELECT unit_id, refund_id, net, tax FROM refund_units u
    WHERE live OR NOT EXISTS (SELECT 1 FROM refund_units o WHERE o.unit_id = u.unit_id AND (o.live OR o.refund_id > u.refund_id));
DROP TABLE refund_units;
DELETE FROM refunds WHERE amount = 0;
CREATE TABLE refunds_old (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id        INTEGER NOT NULL REFERENCES orders (id),
    attempt_id      INTEGER NOT NULL REFERENCES payment_attempts (id),
    amount          INTEGER NOT NULL CHECK (amount > 0),
    cause           TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('recorded', 'pending', 'succeeded', 'failed')),
    idempotency_key TEXT NOT NULL UNIQUE,
    stripe_id       TEXT UNIQUE,
    last_error      TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    shipping        INTEGER NOT NULL DEFAULT 0,
    shipping_tax    INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO refunds_old SELECT id, order_id, attempt_id, amount, cause, state, idempotency_key, stripe_id, last_error, created_at, ended_at, shipping, shipping_tax FROM refunds;
DROP TABLE refunds;
ALTER TABLE refunds_old RENAME TO refunds;
CREATE UNIQUE INDEX refunds_one_late ON refunds (attempt_id) WHERE cause = 'late_payment';
CREATE INDEX refunds_open ON refunds (id) WHERE state IN ('recorded', 'pending');
CREATE INDEX refunds_order ON refunds (order_id);
CREATE TABLE refund_units (
    unit_id   INTEGER NOT NULL PRIMARY KEY REFERENCES order_units (id),
    refund_id INTEGER NOT NULL REFERENCES refunds (id),
    net       INTEGER NOT NULL CHECK (net >= 0),
    tax       INTEGER NOT NULL CHECK (tax >= 0)
) STRICT;
CREATE INDEX refund_units_refund ON refund_units (refund_id, unit_id);
INSERT INTO refund_units (unit_id, refund_id, net, tax) SELECT unit_id, refund_id, net, tax FROM refund_units_before
    WHERE refund_id IN (SELECT id FROM refunds);
DROP TABLE refund_units_before;
