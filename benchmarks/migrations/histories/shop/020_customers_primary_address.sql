-- A cycle: a customer's primary address is one of the customer's own.
BEGIN;
ALTER TABLE customers ADD COLUMN primary_address_id integer;
UPDATE customers AS c
SET primary_address_id = (SELECT min(a.id) FROM addresses AS a WHERE a.customer_id = c.id);
ALTER TABLE customers ADD CONSTRAINT customers_primary_address_fkey
    FOREIGN KEY (id, primary_address_id) REFERENCES addresses (customer_id, id) DEFERRABLE INITIALLY IMMEDIATE;
COMMIT;
