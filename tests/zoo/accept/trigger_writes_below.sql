-- A trigger writes to a table whose rows refer to the new one and to a lookup table that nothing else needs so early.
-- free: units
CREATE TABLE unit_classes (id serial PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE accounts (id serial PRIMARY KEY, class integer NOT NULL CHECK (class IN (1, 2)), number text NOT NULL UNIQUE);
CREATE TABLE units (id serial PRIMARY KEY, class_id integer NOT NULL REFERENCES unit_classes, code text NOT NULL,
  account_id integer REFERENCES accounts);
CREATE FUNCTION make_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO units (class_id, code, account_id) VALUES (7 - NEW.class, NEW.number, NEW.id);
  RETURN NEW;
END $$;
CREATE TRIGGER make_unit AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION make_unit();
