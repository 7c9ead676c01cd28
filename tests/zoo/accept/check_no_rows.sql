-- A CHECK that no row can satisfy.
-- unfillable: never
CREATE TABLE never (id serial PRIMARY KEY, CHECK (false));
CREATE TABLE always (id serial PRIMARY KEY, CHECK (true));
