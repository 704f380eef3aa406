-- The people of the shop: who they are, their sessions, and how often a sign-in failed.
-- previous release: yes
-- +goose Up
CREATE TABLE staff (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'support', 'editor')),
    state         TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash TEXT NOT NULL,
    sealed_secret BLOB NOT NULL,
    last_step     INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE staff_sessions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    staff_id     INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    digest       BLOB NOT NULL UNIQUE,
    stage        TEXT NOT NULL CHECK (stage IN ('code', 'full')),
    network      TEXT NOT NULL,
    agent        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id, id);
CREATE INDEX staff_sessions_created ON staff_sessions (created_at);

CREATE TABLE staff_recovery_codes (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    digest   BLOB NOT NULL,
    used_at  INTEGER,
    UNIQUE (staff_id, digest)
) STRICT;

CREATE TABLE sign_in_counts (
    subject  TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_counts_last ON sign_in_counts (last_at);

CREATE INDEX audit_entries_who ON audit_entries (who, seq);
CREATE INDEX audit_entries_action ON audit_entries (action, seq);
CREATE INDEX audit_entries_at ON audit_entries (at);

-- +goose Down
DROP INDEX audit_entries_at;
DROP INDEX audit_entries_action;
DROP INDEX audit_entries_who;
DROP TABLE sign_in_counts;
DROP TABLE staff_recovery_codes;
DROP TABLE staff_sessions;
DROP TABLE staff;
