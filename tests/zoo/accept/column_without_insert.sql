-- A role that may not give some of the columns.
-- role: zoo_clerk
CREATE TABLE payments (id serial PRIMARY KEY, amount numeric(8,2) NOT NULL, booked_at timestamptz NOT NULL DEFAULT '2026-01-01', audit text DEFAULT 'web');
GRANT SELECT ON payments TO zoo_clerk;
GRANT INSERT (id, amount) ON payments TO zoo_clerk;
GRANT USAGE, SELECT, UPDATE ON SEQUENCE payments_id_seq TO zoo_clerk;
