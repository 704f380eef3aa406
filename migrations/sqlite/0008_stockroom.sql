-- What staff need to look after the catalog and its stock: old addresses, lists, notes on movements.
-- previous release: yes
-- +goose Up
CREATE TABLE redirects (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    path       TEXT NOT NULL UNIQUE CHECK (path LIKE '/%'),
    target     TEXT NOT NULL CHECK (target <> ''),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX redirects_target ON redirects (target);

CREATE INDEX products_updated ON products (updated_at, id);
CREATE INDEX products_status_updated ON products (status, updated_at, id);
CREATE INDEX products_vendor ON products (vendor, updated_at, id);
CREATE INDEX products_type ON products (type, updated_at, id);
CREATE INDEX order_lines_product ON order_lines (product_id);
CREATE INDEX products_status_title ON products (status, title, id);

CREATE INDEX products_title ON products (title, id);

ALTER TABLE collections ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE stock_movements ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX stock_movements_variant ON stock_movements (variant_id, at, id);
CREATE INDEX stock_movements_at ON stock_movements (at, id);
CREATE INDEX stock_movements_kind ON stock_movements (cause_kind, at, id);
CREATE INDEX stock_movements_who ON stock_movements (who, at, id);
CREATE INDEX stock_movements_cause ON stock_movements (cause_kind, cause_id);
CREATE INDEX stock_levels_free ON stock_levels ((on_hand - held), variant_id) WHERE place = 'shop';
CREATE INDEX audit_entries_kind ON audit_entries (thing_kind, seq);

-- +goose Down
DROP INDEX audit_entries_kind;
DROP INDEX stock_levels_free;
DROP INDEX stock_movements_cause;
DROP INDEX stock_movements_who;
DROP INDEX stock_movements_kind;
DROP INDEX stock_movements_at;
DROP INDEX stock_movements_variant;
ALTER TABLE stock_movements DROP COLUMN note;
DROP INDEX products_status_title;
ALTER TABLE collections DROP COLUMN version;
DROP INDEX products_title;
DROP INDEX order_lines_product;
DROP INDEX products_type;
DROP INDEX products_vendor;
DROP INDEX products_status_updated;
DROP INDEX products_updated;
DROP TABLE redirects;
