-- Columns that are what others say, cast, denied or among other conditions.
CREATE TABLE days (id serial PRIMARY KEY, d date NOT NULL, y integer NOT NULL CHECK (y = extract(year FROM d)), q integer NOT NULL CHECK (q = extract(quarter FROM d)), dayname text NOT NULL CHECK (dayname = to_char(d, 'FMDay')));
CREATE TABLE codes (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('x', 'y')), code text NOT NULL CHECK (code LIKE kind || '-%'));
CREATE TABLE terms (id serial PRIMARY KEY, begun date NOT NULL, over date NOT NULL, label text NOT NULL, CHECK (NOT (over <> (begun + interval '18 months')::date OR label <> to_char(begun, 'YYYY-MM'))));
CREATE TABLE copies (id serial PRIMARY KEY, title text NOT NULL, shout text NOT NULL, CHECK (shout IS NOT DISTINCT FROM upper(title) AND length(title) > 3));
