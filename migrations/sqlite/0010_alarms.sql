-- What staff are told of until they say that it is done, and what the checks of the whole database found.
-- previous release: yes
-- +goose Up
CREATE TABLE alarms (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    key       TEXT NOT NULL,
    message   TEXT NOT NULL,
    url       TEXT NOT NULL,
    times     INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT NOT NULL,
    note      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alarms_open ON alarms (kind, key) WHERE closed_at IS NULL;

CREATE TABLE verify_runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL CHECK (state IN ('open', 'ended')),
    who        TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    violations INTEGER NOT NULL,
    notices    INTEGER NOT NULL,
    report     TEXT NOT NULL CHECK (json_valid(report)),
    failure    TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX verify_runs_one_open ON verify_runs (state) WHERE state = 'open';
CREATE INDEX alarms_closed ON alarms (closed_at, id) WHERE closed_at IS NOT NULL;

CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX jobs_kind ON jobs (kind, state, id);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_kind ON mails (kind, state, id);
CREATE INDEX mails_recipient ON mails (recipient, id);
CREATE INDEX stripe_events_object ON stripe_events (object_id, received_at);
CREATE INDEX stripe_events_type ON stripe_events (type, received_at, id);

-- +goose Down
DROP INDEX stripe_events_type;
DROP INDEX stripe_events_object;
DROP INDEX mails_recipient;
DROP INDEX mails_kind;
DROP INDEX mails_state;
DROP INDEX jobs_kind;
DROP INDEX jobs_state;
DROP TABLE verify_runs;
DROP TABLE alarms;
