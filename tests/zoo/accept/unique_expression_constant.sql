-- Tables of one row, whose keys are expressions that come to the same for all: by multiplying, by a remainder, beside others.
-- rows: settings=1, configuration=1, limits=1, themes=2
CREATE TABLE settings (id serial PRIMARY KEY, title text NOT NULL, EXCLUDE USING btree ((id * 0) WITH =));
CREATE TABLE configuration (id bigserial PRIMARY KEY, language varchar(5));
CREATE UNIQUE INDEX ON configuration ((0 * id));
CREATE TABLE limits (id integer PRIMARY KEY, most integer NOT NULL);
CREATE UNIQUE INDEX ON limits ((id % 1));
CREATE TABLE themes (id serial PRIMARY KEY, dark boolean NOT NULL, name text);
CREATE UNIQUE INDEX ON themes ((id * 0), dark);
