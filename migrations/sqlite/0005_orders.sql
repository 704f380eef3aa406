-- What was bought, piece by piece, and how it was paid for.
-- previous release: yes
-- +goose Up
CREATE TABLE orders (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    cart_id          INTEGER NOT NULL,
    cart_digest      TEXT NOT NULL,
    number           INTEGER UNIQUE,
    state            TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'paid', 'cancelled')),
    review           TEXT NOT NULL,
    currency         TEXT NOT NULL,
    settings_version INTEGER NOT NULL REFERENCES settings_versions (version),
    zone_code        TEXT NOT NULL,
    subtotal         INTEGER NOT NULL CHECK (subtotal >= 0),
    discount         INTEGER NOT NULL CHECK (discount >= 0),
    shipping         INTEGER NOT NULL CHECK (shipping >= 0),
    free_ships       INTEGER NOT NULL CHECK (free_ships IN (0, 1)),
    total            INTEGER NOT NULL CHECK (total = subtotal - discount + shipping),
    tax              INTEGER,
    shipping_tax     INTEGER CHECK (shipping_tax <= tax),
    note             TEXT NOT NULL,
    gift_note        TEXT NOT NULL,
    placed_at        INTEGER NOT NULL,
    paid_at          INTEGER,
    closed_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX orders_one_pending ON orders (cart_id) WHERE state = 'pending';
CREATE INDEX orders_cart ON orders (cart_id, id);
CREATE INDEX orders_placed ON orders (placed_at, id);

CREATE TABLE order_lines (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id      INTEGER NOT NULL REFERENCES orders (id),
    position      INTEGER NOT NULL,
    product_id    INTEGER NOT NULL,
    variant_id    INTEGER NOT NULL,
    handle        TEXT NOT NULL,
    title         TEXT NOT NULL,
    variant_title TEXT NOT NULL,
    vendor        TEXT NOT NULL,
    sku           TEXT NOT NULL,
    price         INTEGER NOT NULL CHECK (price >= 0),
    quantity      INTEGER NOT NULL CHECK (quantity > 0),
    amount        INTEGER NOT NULL CHECK (amount = price * quantity),
    discount      INTEGER NOT NULL CHECK (discount BETWEEN 0 AND amount),
    ships         INTEGER NOT NULL CHECK (ships IN (0, 1)),
    taxable       INTEGER NOT NULL CHECK (taxable IN (0, 1)),
    tax_code      TEXT NOT NULL,
    gift_card     INTEGER NOT NULL CHECK (gift_card IN (0, 1)),
    tracked       INTEGER NOT NULL CHECK (tracked IN (0, 1)),
    picture_id    INTEGER REFERENCES pictures (id),
    UNIQUE (order_id, position)
) STRICT;
CREATE INDEX order_lines_variant ON order_lines (variant_id);

CREATE TABLE order_line_properties (
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    position      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (order_line_id, position)
) STRICT;

CREATE TABLE order_units (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id      INTEGER NOT NULL REFERENCES orders (id),
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    position      INTEGER NOT NULL,
    paid_net      INTEGER NOT NULL CHECK (paid_net >= 0),
    paid_tax      INTEGER,
    UNIQUE (order_line_id, position)
) STRICT;
CREATE INDEX order_units_order ON order_units (order_id);

CREATE TABLE order_tenders (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    kind     TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (order_id, kind)
) STRICT;

CREATE TABLE order_attributes (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (order_id, name)
) STRICT;

CREATE TABLE order_contacts (
    order_id    INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
    email       TEXT NOT NULL,
    name        TEXT NOT NULL,
    phone       TEXT NOT NULL,
    ship_name   TEXT NOT NULL,
    line1       TEXT NOT NULL,
    line2       TEXT NOT NULL,
    city        TEXT NOT NULL,
    state       TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    country     TEXT NOT NULL
) STRICT;
CREATE INDEX order_contacts_email ON order_contacts (email);

-- +goose Down
DROP TABLE order_contacts;
DROP TABLE order_attributes;
DROP TABLE order_tenders;
DROP TABLE order_units;
DROP TABLE order_line_properties;
DROP TABLE order_lines;
DROP TABLE orders;
