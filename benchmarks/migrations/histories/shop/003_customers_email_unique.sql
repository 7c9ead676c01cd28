-- Some people registered twice; the later ones get a tagged address until support has asked them.
BEGIN;
UPDATE customers AS c
SET email = replace(c.email, '@', '+' || c.id || '@')
WHERE EXISTS (SELECT FROM customers AS o WHERE lower(o.email) = lower(c.email) AND o.id < c.id);
CREATE UNIQUE INDEX customers_email_key ON customers (lower(email));
COMMIT;
