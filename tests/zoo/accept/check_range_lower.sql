-- A range whose lower end is another column.
CREATE TABLE terms (id serial PRIMARY KEY, starts date NOT NULL, during daterange NOT NULL CHECK (NOT isempty(during) AND lower(during) = starts));
