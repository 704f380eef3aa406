-- Accounts of shoppers: their addresses, sessions, mails to sign in with, and changes of e-mail address.
-- previous release: yes
-- +goose Up
CREATE TABLE accounts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    email        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    cart_id      INTEGER UNIQUE REFERENCES carts (id) ON DELETE SET NULL,
    customer_id  TEXT UNIQUE,
    customer_key TEXT NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE account_emails (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    from_at    INTEGER NOT NULL,
    until_at   INTEGER,
    UNIQUE (account_id, email)
) STRICT;
CREATE UNIQUE INDEX account_emails_current ON account_emails (account_id) WHERE until_at IS NULL;

CREATE TABLE account_sessions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    digest     BLOB NOT NULL UNIQUE,
    bag_digest BLOB NOT NULL UNIQUE,
    network    TEXT NOT NULL,
    agent      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX account_sessions_account ON account_sessions (account_id, id);
CREATE INDEX account_sessions_seen ON account_sessions (seen_at);
CREATE INDEX account_sessions_created ON account_sessions (created_at);

CREATE TABLE account_sign_ins (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    email      TEXT NOT NULL,
    browser    BLOB NOT NULL UNIQUE,
    nonce      BLOB NOT NULL,
    key_id     TEXT NOT NULL,
    digest     BLOB NOT NULL UNIQUE,
    return_to  TEXT NOT NULL,
    network    TEXT NOT NULL,
    agent      TEXT NOT NULL,
    tries      INTEGER NOT NULL CHECK (tries BETWEEN 0 AND 5),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    mailed_at  INTEGER,
    used_at    INTEGER,
    void_at    INTEGER
) STRICT;
CREATE INDEX account_sign_ins_email ON account_sign_ins (email, id);
CREATE INDEX account_sign_ins_created ON account_sign_ins (created_at);

CREATE TABLE account_email_changes (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    nonce      BLOB NOT NULL,
    key_id     TEXT NOT NULL,
    digest     BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    void_at    INTEGER
) STRICT;
CREATE INDEX account_email_changes_account ON account_email_changes (account_id, id);
CREATE INDEX account_email_changes_created ON account_email_changes (created_at);

CREATE TABLE account_addresses (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    ref         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    line1       TEXT NOT NULL,
    line2       TEXT NOT NULL,
    city        TEXT NOT NULL,
    state       TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    country     TEXT NOT NULL,
    is_default  INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX account_addresses_account ON account_addresses (account_id, id);
CREATE UNIQUE INDEX account_addresses_default ON account_addresses (account_id) WHERE is_default;

ALTER TABLE carts ADD COLUMN notice TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE carts DROP COLUMN notice;
DROP TABLE account_addresses;
DROP TABLE account_email_changes;
DROP TABLE account_sign_ins;
DROP TABLE account_sessions;
DROP TABLE account_emails;
DROP TABLE accounts;
