-- Shoppers' bags.
-- previous release: yes
-- +goose Up
CREATE TABLE carts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     BLOB NOT NULL UNIQUE,
    note       TEXT NOT NULL,
    gift_note  TEXT NOT NULL,
    ship_to    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX carts_updated ON carts (updated_at);

CREATE TABLE cart_lines (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    cart_id    INTEGER NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
    variant_id INTEGER NOT NULL, -- may be gone: the bag says so
    digest     TEXT NOT NULL,
    quantity   INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 10000),
    position   INTEGER NOT NULL,
    seen_price INTEGER NOT NULL,
    seen_title TEXT NOT NULL,
    UNIQUE (cart_id, variant_id, digest)
) STRICT;
CREATE INDEX cart_lines_variant ON cart_lines (variant_id);

CREATE TABLE line_properties (
    line_id  INTEGER NOT NULL REFERENCES cart_lines (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (line_id, position)
) STRICT;

CREATE TABLE cart_attributes (
    cart_id INTEGER NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (cart_id, name)
) STRICT;

-- +goose Down
DROP TABLE cart_attributes;
DROP TABLE line_properties;
DROP TABLE cart_lines;
DROP TABLE carts;
