-- Stripe sessions, what Stripe told us, and money given back.
-- previous release: yes
-- +goose Up
CREATE TABLE payment_attempts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id        INTEGER NOT NULL REFERENCES orders (id),
    reference       TEXT NOT NULL UNIQUE,
    state           TEXT NOT NULL CHECK (state IN ('creating', 'open', 'processing', 'paid', 'expired', 'superseded', 'failed', 'late')),
    idempotency_key TEXT NOT NULL UNIQUE,
    params          TEXT NOT NULL CHECK (json_valid(params)),
    amount          INTEGER NOT NULL CHECK (amount >= 0),
    currency        TEXT NOT NULL,
    session_id      TEXT UNIQUE,
    url             TEXT NOT NULL,
    expires_at      INTEGER NOT NULL,
    payment_intent  TEXT NOT NULL,
    charge_id       TEXT NOT NULL,
    card_brand      TEXT NOT NULL,
    card_last4      TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX payment_attempts_one_live ON payment_attempts (order_id) WHERE state IN ('creating', 'open');
CREATE UNIQUE INDEX payment_attempts_one_paid ON payment_attempts (order_id) WHERE state = 'paid';
CREATE UNIQUE INDEX payment_attempts_intent ON payment_attempts (payment_intent) WHERE payment_intent <> '';
CREATE INDEX payment_attempts_order ON payment_attempts (order_id, id);
CREATE INDEX payment_attempts_charge ON payment_attempts (charge_id) WHERE charge_id <> '';
CREATE INDEX payment_attempts_live ON payment_attempts (state, expires_at) WHERE state IN ('creating', 'open', 'processing');

CREATE TABLE stripe_events (
    id          TEXT NOT NULL PRIMARY KEY,
    type        TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    api_version TEXT NOT NULL,
    live_mode   INTEGER NOT NULL CHECK (live_mode IN (0, 1)),
    created_at  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    payload     TEXT NOT NULL
) STRICT;
CREATE INDEX stripe_events_received ON stripe_events (received_at, id);

CREATE TABLE refunds (
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
    ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX refunds_one_late ON refunds (attempt_id) WHERE cause = 'late_payment';
CREATE INDEX refunds_open ON refunds (id) WHERE state IN ('recorded', 'pending');
CREATE INDEX refunds_order ON refunds (order_id);

-- +goose Down
DROP TABLE refunds;
DROP TABLE stripe_events;
DROP TABLE payment_attempts;
