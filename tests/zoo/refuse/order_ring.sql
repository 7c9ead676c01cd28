-- Three columns that each come before the next, in a ring.
-- unsatisfiable: laps = laps_ab, laps_bc, laps_ca, laps.a NOT NULL, laps.b NOT NULL, laps.c NOT NULL
CREATE TABLE laps (
    id serial PRIMARY KEY,
    a integer NOT NULL,
    b integer NOT NULL,
    c integer NOT NULL,
    CONSTRAINT laps_ab CHECK (a < b),
    CONSTRAINT laps_bc CHECK (b < c),
    CONSTRAINT laps_ca CHECK (c < a),
    CONSTRAINT laps_some CHECK (a > 0)
);
