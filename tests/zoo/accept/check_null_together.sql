-- Two columns that are NULL together, written as an equality.
CREATE TABLE payments (id serial PRIMARY KEY, paid_at timestamptz, amount numeric(8,2), CHECK ((paid_at IS NULL) = (amount IS NULL)));
