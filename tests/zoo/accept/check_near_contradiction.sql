-- Conditions that leave just a little, which no proof may take for nothing.
CREATE TABLE nearly (
    id serial PRIMARY KEY,
    half integer NOT NULL CHECK (half / 2 >= 5 AND half <= 13),
    code text NOT NULL CHECK (lower(code) IN ('abc', 'abd') AND code ~ '^A'),
    low integer NOT NULL CHECK (low >= 1),
    mid integer NOT NULL,
    high integer NOT NULL CHECK (high <= 3),
    small numeric(3, 2) NOT NULL CHECK (small > 9.98),
    CHECK (low < mid AND mid < high)
);
