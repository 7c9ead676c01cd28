-- Stored generated columns: by arithmetic, by concatenation, under a CHECK and under a key.
CREATE TABLE lines (
    id serial PRIMARY KEY,
    quantity integer NOT NULL CHECK (quantity > 0),
    price numeric(8,2) NOT NULL CHECK (price >= 0),
    total numeric(14,2) GENERATED ALWAYS AS (quantity * price) STORED,
    sku text NOT NULL UNIQUE,
    search text GENERATED ALWAYS AS (lower(sku)) STORED,
    CHECK (total >= 0)
);
CREATE UNIQUE INDEX ON lines (search);
