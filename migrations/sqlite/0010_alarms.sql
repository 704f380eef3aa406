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
    who        TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    violations INTEGER NOT NULL,
    notices    INTEGER NOT NULL,
    report     TEXT NOT NULL CHECK (json_valid(report)),
    failure    TEXT NOT NULL
) STRICT;

CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX mails_queued ON mails (created_at, id) WHERE state = 'queued';
CREATE INDEX mails_recipient ON mails (recipient, id);

-- +goose Down
DROP INDEX mails_recipient;
DROP INDEX mails_queued;
DROP INDEX jobs_state;
DROP TABLE verify_runs;
DROP TABLE alarms;
