-- Columns that must be equal are two constants.
-- unsatisfiable: pairs = pairs_same, pairs_left, pairs_right, pairs.a NOT NULL, pairs.b NOT NULL
CREATE TABLE pairs (
    id serial PRIMARY KEY,
    a text NOT NULL,
    b text NOT NULL,
    CONSTRAINT pairs_same CHECK (a = b),
    CONSTRAINT pairs_left CHECK (a = 'x'),
    CONSTRAINT pairs_right CHECK (b = 'y')
);
