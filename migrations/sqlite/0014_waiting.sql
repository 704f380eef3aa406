-- Who waits for a size to be back, and that a mail server may refuse a mail for good.
-- previous release: yes
-- +goose Up
CREATE TABLE stock_waits (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    variant_id INTEGER NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    address    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('asked', 'waiting', 'told', 'bought', 'left', 'unwanted')),
    round      INTEGER NOT NULL CHECK (round >= 0),
    asked_at   INTEGER NOT NULL,
    joined_at  INTEGER,
    ended_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX stock_waits_once ON stock_waits (variant_id, address) WHERE state IN ('asked', 'waiting');
CREATE INDEX stock_waits_line ON stock_waits (variant_id, id) WHERE state = 'waiting';
CREATE INDEX stock_waits_told ON stock_waits (variant_id, ended_at) WHERE state = 'told';
CREATE INDEX stock_waits_address ON stock_waits (address, state);
CREATE INDEX stock_waits_asked ON stock_waits (state, asked_at);
CREATE INDEX stock_waits_ended ON stock_waits (state, ended_at);
CREATE INDEX stock_waits_variant ON stock_waits (variant_id);
CREATE INDEX links_purpose ON links (purpose, created_at);

CREATE TABLE mails_new (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL UNIQUE,
    recipient  TEXT NOT NULL,
    thing_id   INTEGER NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL CHECK (state IN ('queued', 'handed', 'refused')),
    created_at INTEGER NOT NULL,
    handed_at  INTEGER,
    refusal    TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO mails_new (id, kind, key, recipient, thing_id, message_id, state, created_at, handed_at)
    SELECT id, kind, key, recipient, thing_id, message_id, state, created_at, handed_at FROM mails;
DROP TABLE mails;
ALTER TABLE mails_new RENAME TO mails;
CREATE INDEX mails_thing ON mails (thing_id, kind);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_kind ON mails (kind, state, id);
CREATE INDEX mails_recipient ON mails (recipient, id);

-- +goose Down
CREATE TABLE mails_old (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL UNIQUE,
    recipient  TEXT NOT NULL,
    thing_id   INTEGER NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL CHECK (state IN ('queued', 'handed')),
    created_at INTEGER NOT NULL,
    handed_at  INTEGER
) STRICT;
INSERT INTO mails_old (id, kind, key, recipient, thing_id, message_id, state, created_at, handed_at)
    SELECT id, kind, key, recipient, thing_id, message_id, replace(state, 'refused', 'queued'), created_at, handed_at FROM mails;
DROP TABLE mails;
ALTER TABLE mails_old RENAME TO mails;
CREATE INDEX mails_thing ON mails (thing_id, kind);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_kind ON mails (kind, state, id);
CREATE INDEX mails_recipient ON mails (recipient, id);
DROP INDEX links_purpose;
DROP TABLE stock_waits;
