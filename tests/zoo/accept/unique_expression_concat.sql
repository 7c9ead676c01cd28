-- Unique by two columns put together.
CREATE TABLE rooms (id serial PRIMARY KEY, building varchar(4) NOT NULL, number integer NOT NULL);
CREATE UNIQUE INDEX ON rooms ((building || '-' || number));
