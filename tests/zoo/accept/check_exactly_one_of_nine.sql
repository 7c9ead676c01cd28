-- Exactly one of nine columns.
CREATE TABLE answers (id serial PRIMARY KEY, t text, n integer, d date, b boolean, u uuid, j jsonb, f double precision, ts timestamptz, y bytea,
    CHECK (num_nonnulls(t, n, d, b, u, j, f, ts, y) = 1));
