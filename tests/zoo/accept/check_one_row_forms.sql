-- Tables of one row, by a check on the key, a boolean key, and an expression.
-- rows: settings=1, flags=1, state=1, versions=1
CREATE TABLE settings (id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1), name text NOT NULL);
CREATE TABLE flags (one boolean PRIMARY KEY DEFAULT true CHECK (one), theme text NOT NULL);
CREATE TABLE state (lock char(1) NOT NULL DEFAULT 'X' UNIQUE CHECK (lock = 'X'), version integer NOT NULL);
CREATE TABLE versions (one boolean NOT NULL DEFAULT true CHECK (one), n integer NOT NULL, CONSTRAINT one_row UNIQUE (one));
