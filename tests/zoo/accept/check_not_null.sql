-- NOT NULL by a CHECK, on a nullable column.
CREATE TABLE notes (id serial PRIMARY KEY, body text CHECK (body IS NOT NULL), nothing integer CHECK (nothing IS NULL));
