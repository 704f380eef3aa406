-- From where a checkout was begun, for a day, so that one visitor does not hold everything.
-- previous release: yes
-- +goose Up
CREATE TABLE order_visitors (
    order_id   INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
    visitor    TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX order_visitors_visitor ON order_visitors (visitor);
CREATE INDEX order_visitors_created ON order_visitors (created_at);

-- +goose Down
DROP TABLE order_visitors;
