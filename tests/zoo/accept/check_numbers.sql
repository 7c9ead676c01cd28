-- Bounds on numbers in several spellings.
CREATE TABLE goods (id serial PRIMARY KEY,
    price numeric(8,2) NOT NULL CHECK (price > 0),
    discount numeric(4,3) NOT NULL CHECK (discount >= 0 AND discount < 1),
    stock integer NOT NULL CHECK (NOT stock < 0),
    rating real CHECK (rating BETWEEN 1 AND 5),
    weight double precision CHECK (0 < weight AND weight <= 1000.5),
    even smallint CHECK (even IN (2, 4, 6)),
    code integer NOT NULL CHECK (code <> ALL (ARRAY[0, 13, 666])),
    exact integer NOT NULL CHECK (exact = 42));
