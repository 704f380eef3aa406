-- What is held of a person: who asked to see or erase it, what was erased, and what went because its time was over.
-- previous release: yes
-- +goose Up
CREATE TABLE privacy_requests (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('link', 'export', 'erase')),
    key        TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL CHECK (state IN ('open', 'postponed', 'done')),
    who        TEXT NOT NULL,
    digest     BLOB NOT NULL,
    sealed     BLOB NOT NULL,
    why        TEXT NOT NULL,
    report     TEXT NOT NULL CHECK (json_valid(report)),
    created_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX privacy_requests_one_erasure ON privacy_requests (digest) WHERE kind = 'erase' AND state <> 'done';
CREATE INDEX privacy_requests_digest ON privacy_requests (digest, id);
CREATE INDEX privacy_requests_kind ON privacy_requests (kind, created_at);

CREATE TABLE retention_counts (
    kind   TEXT NOT NULL PRIMARY KEY,
    gone   INTEGER NOT NULL,
    total  INTEGER NOT NULL,
    ran_at INTEGER NOT NULL
) STRICT;

ALTER TABLE orders ADD COLUMN erased_at INTEGER;
CREATE INDEX orders_sold ON orders (paid_at, id) WHERE state = 'paid' AND erased_at IS NULL;
CREATE INDEX orders_given_up ON orders (closed_at, id) WHERE state = 'cancelled' AND erased_at IS NULL;
CREATE INDEX order_contacts_same ON order_contacts (lower(email));
CREATE INDEX contact_messages_same ON contact_messages (lower(email));
CREATE INDEX mails_same ON mails (lower(recipient));
CREATE INDEX mails_addressed ON mails (created_at, id) WHERE recipient <> '';
CREATE INDEX links_expires ON links (expires_at) WHERE expires_at IS NOT NULL;

-- +goose Down
DROP INDEX links_expires;
DROP INDEX mails_addressed;
DROP INDEX mails_same;
DROP INDEX contact_messages_same;
DROP INDEX order_contacts_same;
DROP INDEX orders_given_up;
DROP INDEX orders_sold;
ALTER TABLE orders DROP COLUMN erased_at;
DROP TABLE retention_counts;
DROP TABLE privacy_requests;
