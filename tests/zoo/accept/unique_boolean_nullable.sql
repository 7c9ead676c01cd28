-- A nullable boolean key: two values, and NULL as often as you like.
CREATE TABLE modes (id serial PRIMARY KEY, strict boolean UNIQUE);
