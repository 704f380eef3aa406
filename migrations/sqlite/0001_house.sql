-- What the house itself stands on: settings, clock, counters, jobs, outbox, links, steps, changes, audit.
-- previous release: yes
-- +goose Up
CREATE TABLE schema_marks (
    version        INTEGER NOT NULL PRIMARY KEY,
    previous_works INTEGER NOT NULL CHECK (previous_works IN (0, 1))
) STRICT;

CREATE TABLE settings_versions (
    version    INTEGER NOT NULL PRIMARY KEY,
    document   TEXT NOT NULL CHECK (json_valid(document)),
    who        TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE development_clock (
    id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    offset_micros INTEGER NOT NULL
) STRICT;

CREATE TABLE counters (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counters (name, value) VALUES ('order_number', 1000);

CREATE TABLE jobs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL,
    key         TEXT NOT NULL,
    payload     TEXT NOT NULL CHECK (json_valid(payload)),
    state       TEXT NOT NULL CHECK (state IN ('ready', 'done', 'dead')),
    run_at      INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    lease_until INTEGER,
    fence       INTEGER NOT NULL,
    last_error  TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (kind, key)
) STRICT;
CREATE INDEX jobs_ready ON jobs (run_at, id) WHERE state = 'ready';

CREATE TABLE mails (
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

CREATE TABLE links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    purpose    TEXT NOT NULL,
    thing_id   INTEGER NOT NULL,
    nonce      BLOB NOT NULL,
    key_id     TEXT NOT NULL,
    digest     BLOB NOT NULL UNIQUE,
    expires_at INTEGER,
    used_at    INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX links_thing ON links (purpose, thing_id);

CREATE TABLE steps (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    thing_kind TEXT NOT NULL,
    thing_id   INTEGER NOT NULL,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    cause      TEXT NOT NULL,
    who        TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_thing ON steps (thing_kind, thing_id, id);

CREATE TABLE changes (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_at ON changes (at);

CREATE TABLE audit_head (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL,
    hash  BLOB NOT NULL
) STRICT;

CREATE TABLE audit_entries (
    seq        INTEGER NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL,
    who        TEXT NOT NULL,
    action     TEXT NOT NULL,
    thing_kind TEXT NOT NULL,
    thing_id   TEXT NOT NULL,
    digest     BLOB NOT NULL,
    hash       BLOB NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_entries_thing ON audit_entries (thing_kind, thing_id, seq);

CREATE TABLE audit_details (
    seq     INTEGER NOT NULL PRIMARY KEY REFERENCES audit_entries (seq),
    salt    BLOB NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details))
) STRICT;

-- +goose Down
DROP TABLE audit_details;
DROP TABLE audit_entries;
DROP TABLE audit_head;
DROP TABLE changes;
DROP TABLE steps;
DROP TABLE links;
DROP TABLE mails;
DROP TABLE jobs;
DROP TABLE counters;
DROP TABLE development_clock;
DROP TABLE settings_versions;
DROP TABLE schema_marks;
