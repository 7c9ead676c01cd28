-- A discriminated union over a reference.
CREATE TABLE nodes (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('root', 'leaf')), parent integer REFERENCES nodes,
    CHECK ((kind = 'root' AND parent IS NULL) OR (kind = 'leaf' AND parent IS NOT NULL)));
