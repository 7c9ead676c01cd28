-- Three columns must differ, and there are two values.
-- unsatisfiable: trios = trios_ab, trios_bc, trios_ca, trios_a, trios_b, trios_c, trios.a NOT NULL, trios.b NOT NULL, trios.c NOT NULL
CREATE TABLE trios (
    id serial PRIMARY KEY,
    a text NOT NULL CONSTRAINT trios_a CHECK (a IN ('l', 'r')),
    b text NOT NULL CONSTRAINT trios_b CHECK (b IN ('l', 'r')),
    c text NOT NULL CONSTRAINT trios_c CHECK (c IN ('l', 'r')),
    CONSTRAINT trios_ab CHECK (a <> b),
    CONSTRAINT trios_bc CHECK (b <> c),
    CONSTRAINT trios_ca CHECK (c <> a)
);
