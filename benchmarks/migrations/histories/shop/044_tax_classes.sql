BEGIN;
CREATE TABLE tax_classes (code text PRIMARY KEY, rate numeric(5, 4) NOT NULL CHECK (rate >= 0 AND rate < 1));
INSERT INTO tax_classes VALUES ('standard', 0.19), ('reduced', 0.07), ('exempt', 0);
ALTER TABLE catalog.products ADD COLUMN tax_class text NOT NULL DEFAULT 'standard' REFERENCES tax_classes;
ALTER TABLE orders ADD COLUMN net_amount numeric(12, 2), ADD COLUMN tax_amount numeric(12, 2);
UPDATE orders SET net_amount = round(total_amount / 1.19, 2), tax_amount = total_amount - round(total_amount / 1.19, 2);
ALTER TABLE orders
    ALTER COLUMN net_amount SET NOT NULL,
    ALTER COLUMN tax_amount SET NOT NULL,
    ADD CONSTRAINT orders_amounts_add_up CHECK (total_amount = net_amount + tax_amount);
COMMIT;
