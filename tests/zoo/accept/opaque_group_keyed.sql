-- Columns that a condition nobody can read couples, some of which keys make distinct: alone, together, and with others.
CREATE FUNCTION valid_setting(k text, v text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF k ~ '^[m-z]' THEN RETURN v ~ '^[a-m]'; END IF;
  RETURN v <> k;
END $$;
CREATE TABLE settings (key text PRIMARY KEY, value text NOT NULL, CHECK (valid_setting(key, value)));
CREATE TABLE tenants (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE tenant_settings (tenant_id integer NOT NULL REFERENCES tenants, name text NOT NULL, content text NOT NULL,
  PRIMARY KEY (tenant_id, name), CHECK (valid_setting(name, content)));
CREATE TABLE pairs (id serial PRIMARY KEY, first text NOT NULL, second text NOT NULL, UNIQUE (first, second),
  CHECK (valid_setting(first, second)));
CREATE TABLE twins (code text UNIQUE NOT NULL, alias text UNIQUE NOT NULL, CHECK (valid_setting(code, alias)));
CREATE FUNCTION settled(a integer, b integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN RETURN (a * 7 + b) % 5 = 0; END $$;
CREATE TABLE cells (x integer NOT NULL, y integer NOT NULL, label text, PRIMARY KEY (x, y), CHECK (settled(x, y)));
CREATE TABLE slots (id integer PRIMARY KEY, place integer NOT NULL UNIQUE, CHECK (settled(id, place)));
CREATE TABLE uses (key text NOT NULL REFERENCES settings, by_name text NOT NULL, PRIMARY KEY (key, by_name));
