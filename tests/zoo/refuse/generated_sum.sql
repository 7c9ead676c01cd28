-- A generated sum that can't be as small as the CHECK wants it.
-- unsatisfiable: carts = carts_few, carts_a, carts_b, carts.n GENERATED ALWAYS AS ((a + b)), carts.a NOT NULL, carts.b NOT NULL
CREATE TABLE carts (
    id serial PRIMARY KEY,
    a integer NOT NULL CONSTRAINT carts_a CHECK (a >= 5),
    b integer NOT NULL CONSTRAINT carts_b CHECK (b >= 5),
    n integer GENERATED ALWAYS AS (a + b) STORED,
    CONSTRAINT carts_few CHECK (n < 8)
);
