-- Arrays of many element types, of one dimension and of two.
CREATE TABLE bags (
    id serial PRIMARY KEY,
    numbers integer[] NOT NULL, names text[] NOT NULL, codes varchar(4)[] NOT NULL, prices numeric(8,2)[] NOT NULL,
    days date[] NOT NULL, refs uuid[] NOT NULL, docs jsonb[] NOT NULL, grid integer[][] NOT NULL,
    yes boolean[] NOT NULL, times timestamptz[] NOT NULL, spans daterange[] NOT NULL, nets inet[] NOT NULL
);
