BEGIN;
CREATE TABLE addresses (
    id serial PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
    kind text NOT NULL DEFAULT 'home' CHECK (kind IN ('home', 'work', 'other')),
    street text NOT NULL,
    city text NOT NULL,
    postal_code text,
    UNIQUE (customer_id, id)
);
INSERT INTO addresses (customer_id, street, city, postal_code)
SELECT id, street, city, postal_code FROM customers WHERE street IS NOT NULL AND city IS NOT NULL;
ALTER TABLE customers DROP COLUMN street, DROP COLUMN city, DROP COLUMN postal_code;
COMMIT;
