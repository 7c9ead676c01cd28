-- A CHECK that says more of the value of one key than of the others', as a table of settings has it.
CREATE TABLE defaults (setting_key text PRIMARY KEY, value text,
  CONSTRAINT duration CHECK (setting_key <> 'password_duration' OR value IS NULL OR value = ''
    OR (value ~ '^([0-9]+[.]?[0-9]*|[.][0-9]+)$' AND value::numeric > 0 AND value::numeric < 3654)));
CREATE TABLE counters (label text PRIMARY KEY, setting_key text NOT NULL REFERENCES defaults);
CREATE TABLE options (scope text NOT NULL, name varchar(40) NOT NULL, value text NOT NULL, UNIQUE (scope, name),
  CHECK (name <> 'limit' OR (value ~ '^[0-9]+$' AND value::integer BETWEEN 1 AND 100)));
