-- A trigger writes where the role may not.
-- role: zoo_writer
-- gap: orders, audit
CREATE TABLE audit (id serial PRIMARY KEY, what text);
CREATE TABLE orders (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE notes (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (what) VALUES (NEW.name); RETURN NEW; END $$;
CREATE FUNCTION log_as_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM count(*) FROM audit; RETURN NEW; END $$;
CREATE TRIGGER log AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION log();
CREATE TRIGGER log AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION log_as_owner();
GRANT SELECT, INSERT ON orders, notes TO zoo_writer;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_writer;
