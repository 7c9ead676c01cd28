BEGIN;
CREATE DOMAIN email_address AS text CHECK (VALUE ~* '^[^@\s]+@[^@\s]+\.[a-z]{2,}$');
UPDATE customers SET email = 'unknown-' || id || '@example.com' WHERE email !~* '^[^@\s]+@[^@\s]+\.[a-z]{2,}$';
ALTER TABLE customers ALTER COLUMN email TYPE email_address;
COMMIT;
