-- Payments that the holder of a card objects to, and what the shop answers.
-- previous release: yes
-- +goose Up
CREATE TABLE disputes (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id         INTEGER NOT NULL REFERENCES orders (id),
    attempt_id       INTEGER NOT NULL REFERENCES payment_attempts (id),
    stripe_id        TEXT NOT NULL UNIQUE,
    charge_id        TEXT NOT NULL,
    amount           INTEGER NOT NULL CHECK (amount >= 0),
    currency         TEXT NOT NULL,
    reason           TEXT NOT NULL,
    state            TEXT NOT NULL,
    refundable       INTEGER NOT NULL CHECK (refundable IN (0, 1)),
    due_at           INTEGER,
    withdrawn        INTEGER NOT NULL CHECK (withdrawn >= 0),
    fee              INTEGER NOT NULL,
    movements        INTEGER NOT NULL CHECK (movements >= 0),
    reminders        INTEGER NOT NULL DEFAULT 0,
    evidence_state   TEXT NOT NULL CHECK (evidence_state IN ('none', 'draft', 'sending', 'sent')),
    evidence         TEXT NOT NULL,
    evidence_version INTEGER NOT NULL,
    evidence_staged  INTEGER NOT NULL,
    evidence_key     TEXT NOT NULL,
    last_error       TEXT NOT NULL,
    sent_at          INTEGER,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    ended_at         INTEGER
) STRICT;
CREATE INDEX disputes_order ON disputes (order_id, id);
CREATE INDEX disputes_waiting ON disputes (due_at, id) WHERE state IN ('needs_response', 'warning_needs_response');
CREATE INDEX disputes_open ON disputes (created_at, id) WHERE ended_at IS NULL;
CREATE INDEX disputes_ended ON disputes (ended_at, id) WHERE ended_at IS NOT NULL;

-- +goose Down
DELETE FROM steps WHERE thing_kind = 'dispute';
DROP TABLE disputes;
