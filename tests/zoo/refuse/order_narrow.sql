-- Three whole numbers in order don't fit between 1 and 2.
-- unsatisfiable: ranks = ranks_ab, ranks_bc, ranks_first, ranks_last, ranks.a NOT NULL, ranks.b NOT NULL, ranks.c NOT NULL
CREATE TABLE ranks (
    id serial PRIMARY KEY,
    a integer NOT NULL,
    b integer NOT NULL,
    c integer NOT NULL,
    CONSTRAINT ranks_ab CHECK (a < b),
    CONSTRAINT ranks_bc CHECK (b < c),
    CONSTRAINT ranks_first CHECK (a >= 1),
    CONSTRAINT ranks_last CHECK (c <= 2)
);
