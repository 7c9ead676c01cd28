-- The parent's values can't satisfy the child's CHECK.
-- unsatisfiable: letters = letters_kind, letters_kind_fkey, kinds_known of public.kinds, letters.kind NOT NULL
-- fills: kinds
CREATE TABLE kinds (kind text PRIMARY KEY CONSTRAINT kinds_known CHECK (kind IN ('a', 'b', 'c')));
CREATE TABLE letters (
    id serial PRIMARY KEY,
    kind text NOT NULL REFERENCES kinds,
    CONSTRAINT letters_kind CHECK (kind IN ('x', 'y'))
);
