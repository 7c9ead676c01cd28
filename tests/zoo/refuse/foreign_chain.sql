-- What can hold nothing passes on to those below, but not to those that may do without.
-- unsatisfiable: roots = roots_low, roots_high, roots.n NOT NULL
-- unsatisfiable: stems = stems_root_fkey, stems.root NOT NULL, roots_low of public.roots, roots_high of public.roots, roots.n NOT NULL
-- unsatisfiable: leaves = leaves_stem_fkey, leaves_some, stems_root_fkey of public.stems, stems.root NOT NULL, roots_low of public.roots, roots_high of public.roots, roots.n NOT NULL
-- fills: loose
CREATE TABLE roots (
    id serial PRIMARY KEY,
    n integer NOT NULL CONSTRAINT roots_low CHECK (n < 0) CONSTRAINT roots_high CHECK (n > 9)
);
CREATE TABLE stems (id serial PRIMARY KEY, root integer NOT NULL REFERENCES roots);
CREATE TABLE leaves (id serial PRIMARY KEY, stem integer REFERENCES stems, CONSTRAINT leaves_some CHECK (stem IS NOT NULL));
CREATE TABLE loose (id serial PRIMARY KEY, stem integer REFERENCES stems);
