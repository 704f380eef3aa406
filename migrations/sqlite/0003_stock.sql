-- What lies where, what is kept for whom, and every movement with its cause.
-- previous release: yes
-- +goose Up
CREATE TABLE stock_levels (
    variant_id INTEGER NOT NULL REFERENCES variants (id),
    place      TEXT NOT NULL,
    on_hand    INTEGER NOT NULL,
    held       INTEGER NOT NULL CHECK (held >= 0),
    PRIMARY KEY (variant_id, place)
) STRICT;

CREATE TABLE stock_movements (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    variant_id INTEGER NOT NULL REFERENCES variants (id),
    place      TEXT NOT NULL,
    delta      INTEGER NOT NULL,
    cause_kind TEXT NOT NULL,
    cause_id   TEXT NOT NULL,
    step       TEXT NOT NULL,
    who        TEXT NOT NULL,
    at         INTEGER NOT NULL,
    UNIQUE (variant_id, place, cause_kind, cause_id, step)
) STRICT;

CREATE TABLE stock_holds (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    variant_id INTEGER NOT NULL REFERENCES variants (id),
    quantity   INTEGER NOT NULL CHECK (quantity > 0),
    cause_kind TEXT NOT NULL,
    cause_id   INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('held', 'sold', 'released')),
    created_at INTEGER NOT NULL,
    ended_at   INTEGER,
    UNIQUE (cause_kind, cause_id, variant_id)
) STRICT;
CREATE INDEX stock_holds_live ON stock_holds (variant_id) WHERE state = 'held';

-- +goose Down
DROP TABLE stock_holds;
DROP TABLE stock_movements;
DROP TABLE stock_levels;
