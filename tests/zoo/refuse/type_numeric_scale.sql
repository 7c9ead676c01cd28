-- Nothing with two decimals lies between the bounds.
-- unsatisfiable: drops = drops_small, drops_some, drops.size NOT NULL, drops.size numeric(5,2)
CREATE TABLE drops (
    id serial PRIMARY KEY,
    size numeric(5, 2) NOT NULL,
    CONSTRAINT drops_small CHECK (size < 0.01),
    CONSTRAINT drops_some CHECK (size > 0)
);
