-- Comments with quotes and line breaks on everything.
CREATE TABLE rooms (id serial PRIMARY KEY, name text NOT NULL);
COMMENT ON TABLE rooms IS E'the "rooms"\n-- really; ''all'' of them %s {} $1';
COMMENT ON COLUMN rooms.name IS E'\\copy %(name)s';
