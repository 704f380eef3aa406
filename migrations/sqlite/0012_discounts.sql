-- Discount codes, what they are for, and every order's use of one.
-- previous release: yes
-- +goose Up
CREATE TABLE discounts (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    code             TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 3 AND 32),
    kind             TEXT NOT NULL CHECK (kind IN ('percent', 'amount', 'free_shipping')),
    value            INTEGER NOT NULL CHECK (value >= 0 AND (kind <> 'percent' OR value BETWEEN 1 AND 100)),
    minimum          INTEGER NOT NULL CHECK (minimum >= 0),
    scope            TEXT NOT NULL CHECK (scope IN ('all', 'products', 'collections')),
    starts_at        INTEGER NOT NULL,
    ends_at          INTEGER CHECK (ends_at > starts_at),
    max_uses         INTEGER CHECK (max_uses > 0),
    max_per_customer INTEGER CHECK (max_per_customer > 0),
    active           INTEGER NOT NULL CHECK (active IN (0, 1)),
    uses             INTEGER NOT NULL CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses)),
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE discount_products (
    discount_id INTEGER NOT NULL REFERENCES discounts (id) ON DELETE CASCADE,
    product_id  INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    PRIMARY KEY (discount_id, product_id)
) STRICT;
CREATE INDEX discount_products_product ON discount_products (product_id);

CREATE TABLE discount_collections (
    discount_id   INTEGER NOT NULL REFERENCES discounts (id) ON DELETE CASCADE,
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    PRIMARY KEY (discount_id, collection_id)
) STRICT;
CREATE INDEX discount_collections_collection ON discount_collections (collection_id);

CREATE TABLE discount_uses (
    order_id    INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
    discount_id INTEGER NOT NULL REFERENCES discounts (id),
    state       TEXT NOT NULL CHECK (state IN ('held', 'used', 'released', 'late')),
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX discount_uses_discount ON discount_uses (discount_id, order_id);

ALTER TABLE carts ADD COLUMN discount_code TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN discount_code TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE orders DROP COLUMN discount_code;
ALTER TABLE carts DROP COLUMN discount_code;
DROP TABLE discount_uses;
DROP TABLE discount_collections;
DROP TABLE discount_products;
DROP TABLE discounts;
