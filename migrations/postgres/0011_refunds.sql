-- What a refund gives back besides pieces and shipping, and that what failed may be given back again.
-- previous release: yes
-- +goose Up
ALTER TABLE refunds DROP CONSTRAINT refunds_amount_check;
ALTER TABLE refunds ADD CONSTRAINT refunds_amount_check CHECK (amount >= 0);
ALTER TABLE refunds ADD CHECK (shipping >= 0);
ALTER TABLE refunds ADD CHECK (shipping_tax >= 0);
ALTER TABLE refunds ADD COLUMN goodwill bigint NOT NULL DEFAULT 0 CHECK (goodwill >= 0);
ALTER TABLE refunds ADD COLUMN given_before bigint NOT NULL DEFAULT 0 CHECK (given_before >= 0);
ALTER TABLE refunds ADD COLUMN reason text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE refunds ADD COLUMN again_of bigint REFERENCES refunds (id);
DROP INDEX refunds_one_late;
CREATE UNIQUE INDEX refunds_one_late ON refunds (attempt_id) WHERE cause = 'late_payment' AND state <> 'failed';
CREATE UNIQUE INDEX refunds_again_of ON refunds (again_of) WHERE again_of IS NOT NULL;
ALTER TABLE refund_units DROP CONSTRAINT refund_units_pkey;
DROP INDEX refund_units_refund;
ALTER TABLE refund_units ADD PRIMARY KEY (refund_id, unit_id);
ALTER TABLE refund_units ADD COLUMN live boolean NOT NULL DEFAULT true;
UPDATE refund_units SET live = false WHERE refund_id IN (SELECT id FROM refunds WHERE state = 'failed');
CREATE UNIQUE INDEX refund_units_once ON refund_units (unit_id) WHERE live;
CREATE INDEX refund_units_unit ON refund_units (unit_id);

-- +goose Down
DELETE FROM refund_units u WHERE NOT (live OR NOT EXISTS (SELECT 1 FROM refund_units o WHERE o.unit_id = u.unit_id AND (o.live OR o.refund_id > u.refund_id)));
DELETE FROM refund_units WHERE refund_id IN (SELECT id FROM refunds WHERE amount = 0);
DROP INDEX refund_units_unit;
DROP INDEX refund_units_once;
ALTER TABLE refund_units DROP COLUMN live;
ALTER TABLE refund_units DROP CONSTRAINT refund_units_pkey;
ALTER TABLE refund_units ADD PRIMARY KEY (unit_id);
CREATE INDEX refund_units_refund ON refund_units (refund_id, unit_id);
DROP INDEX refunds_again_of;
DROP INDEX refunds_one_late;
ALTER TABLE refunds DROP COLUMN again_of;
ALTER TABLE refunds DROP COLUMN reason;
ALTER TABLE refunds DROP COLUMN given_before;
ALTER TABLE refunds DROP COLUMN goodwill;
DELETE FROM refunds WHERE amount = 0;
CREATE UNIQUE INDEX refunds_one_late ON refunds (attempt_id) WHERE cause = 'late_payment';
ALTER TABLE refunds DROP CONSTRAINT refunds_shipping_tax_check;
ALTER TABLE refunds DROP CONSTRAINT refunds_shipping_check;
ALTER TABLE refunds DROP CONSTRAINT refunds_amount_check;
ALTER TABLE refunds ADD CONSTRAINT refunds_amount_check CHECK (amount > 0);
