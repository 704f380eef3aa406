-- What people write to the shop by its form.
-- previous release: yes
-- +goose Up
CREATE TABLE contact_messages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    email        TEXT NOT NULL,
    order_number TEXT NOT NULL,
    body         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    answered_at  INTEGER,
    answered_by  TEXT NOT NULL
) STRICT;
CREATE INDEX contact_messages_open ON contact_messages (id) WHERE answered_at IS NULL;
CREATE INDEX contact_messages_answered ON contact_messages (id) WHERE answered_at IS NOT NULL;
CREATE INDEX contact_messages_created ON contact_messages (created_at);

-- +goose Down
DROP TABLE contact_messages;
