BEGIN;
UPDATE suppliers SET vat_number = NULL WHERE vat_number !~ '^[A-Z]{2}[0-9A-Z]{8,12}$';
ALTER TABLE suppliers VALIDATE CONSTRAINT suppliers_vat_check;
UPDATE suppliers AS s
SET name = s.name || ' (' || s.id || ')'
WHERE EXISTS (SELECT FROM suppliers AS o WHERE o.name = s.name AND o.id < s.id);
ALTER TABLE suppliers ADD CONSTRAINT suppliers_name_key UNIQUE (name);
COMMIT;
