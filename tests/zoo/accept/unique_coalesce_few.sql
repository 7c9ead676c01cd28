-- Expressions that make a value of NULL, over few values: NULL is no way out of such a key.
-- rows: flags=2, levels=5
CREATE TABLE flags (id serial PRIMARY KEY, live boolean);
CREATE UNIQUE INDEX ON flags ((coalesce(live, false)));
CREATE TABLE levels (id serial PRIMARY KEY, level integer CHECK (level BETWEEN 1 AND 5));
CREATE UNIQUE INDEX ON levels ((coalesce(level, 0)));
