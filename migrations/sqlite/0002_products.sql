-- What the shop sells, and in which lists.
-- previous release: yes
-- +goose Up
CREATE TABLE pictures (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    digest     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL CHECK (width > 0),
    height     INTEGER NOT NULL CHECK (height > 0),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE products (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    handle       TEXT NOT NULL UNIQUE CHECK (handle <> ''),
    title        TEXT NOT NULL CHECK (title <> ''),
    description  TEXT NOT NULL,
    vendor       TEXT NOT NULL,
    category     TEXT NOT NULL,
    type         TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('draft', 'active', 'archived')),
    published    INTEGER NOT NULL CHECK (published IN (0, 1)),
    seo_title    TEXT NOT NULL,
    seo_text     TEXT NOT NULL,
    gift_card    INTEGER NOT NULL CHECK (gift_card IN (0, 1)),
    family       TEXT NOT NULL,
    colour       TEXT NOT NULL,
    publish_at   INTEGER,
    on_sale_at   INTEGER,
    order_limit  INTEGER NOT NULL CHECK (order_limit >= 0),
    gender       TEXT NOT NULL,
    surface      TEXT NOT NULL,
    support      TEXT NOT NULL,
    cushioning   TEXT NOT NULL,
    drop_mm      INTEGER NOT NULL,
    heel_mm      INTEGER NOT NULL,
    forefoot_mm  INTEGER NOT NULL,
    weight_grams INTEGER NOT NULL,
    released     TEXT NOT NULL,
    fit_note     TEXT NOT NULL,
    price_low    INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX products_shown_title ON products (title, id) WHERE status = 'active' AND published;
CREATE INDEX products_shown_created ON products (created_at, id) WHERE status = 'active' AND published;
CREATE INDEX products_shown_price ON products (price_low, id) WHERE status = 'active' AND published;
CREATE INDEX products_family ON products (family) WHERE family <> '';

CREATE TABLE product_options (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
    name       TEXT NOT NULL CHECK (name <> ''),
    PRIMARY KEY (product_id, position)
) STRICT;

CREATE TABLE product_tags (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    tag        TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (product_id, tag)
) STRICT;
CREATE INDEX product_tags_tag ON product_tags (tag, product_id);

CREATE TABLE product_fields (
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    name       TEXT NOT NULL CHECK (name <> ''),
    value      TEXT NOT NULL,
    PRIMARY KEY (product_id, name)
) STRICT;

CREATE TABLE product_images (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    alt        TEXT NOT NULL,
    source_url TEXT NOT NULL,
    picture_id INTEGER REFERENCES pictures (id)
) STRICT;
CREATE INDEX product_images_product ON product_images (product_id, position, id);

CREATE TABLE variants (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id        INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    position          INTEGER NOT NULL,
    option1           TEXT NOT NULL,
    option2           TEXT NOT NULL,
    option3           TEXT NOT NULL,
    sku               TEXT NOT NULL,
    barcode           TEXT NOT NULL,
    price             INTEGER NOT NULL CHECK (price >= 0),
    compare_at        INTEGER,
    cost              INTEGER,
    grams             INTEGER NOT NULL,
    weight_unit       TEXT NOT NULL,
    tracked           INTEGER NOT NULL CHECK (tracked IN (0, 1)),
    policy            TEXT NOT NULL CHECK (policy IN ('deny', 'continue')),
    taxable           INTEGER NOT NULL CHECK (taxable IN (0, 1)),
    tax_code          TEXT NOT NULL,
    requires_shipping INTEGER NOT NULL CHECK (requires_shipping IN (0, 1)),
    image_id          INTEGER REFERENCES product_images (id) ON DELETE SET NULL,
    image_source      TEXT NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    UNIQUE (product_id, option1, option2, option3)
) STRICT;
CREATE INDEX variants_sku ON variants (sku) WHERE sku <> '';
CREATE INDEX variants_barcode ON variants (barcode) WHERE barcode <> '';
CREATE INDEX variants_image ON variants (image_id);

CREATE TABLE variant_fields (
    variant_id INTEGER NOT NULL REFERENCES variants (id) ON DELETE CASCADE,
    name       TEXT NOT NULL CHECK (name <> ''),
    value      TEXT NOT NULL,
    PRIMARY KEY (variant_id, name)
) STRICT;

CREATE TABLE collections (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    handle      TEXT NOT NULL UNIQUE CHECK (handle <> ''),
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    sort_order  TEXT NOT NULL,
    position    INTEGER NOT NULL,
    published   INTEGER NOT NULL CHECK (published IN (0, 1)),
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_products (
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    product_id    INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    PRIMARY KEY (collection_id, product_id)
) STRICT;
CREATE INDEX collection_products_order ON collection_products (collection_id, position, product_id);
CREATE INDEX collection_products_product ON collection_products (product_id);

-- +goose Down
DROP TABLE collection_products;
DROP TABLE collections;
DROP TABLE variant_fields;
DROP TABLE variants;
DROP TABLE product_images;
DROP TABLE product_fields;
DROP TABLE product_tags;
DROP TABLE product_options;
DROP TABLE products;
DROP TABLE pictures;
