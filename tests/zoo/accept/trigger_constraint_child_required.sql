-- Each order must have a line at commit.
CREATE TABLE orders (id serial PRIMARY KEY);
CREATE TABLE lines (id serial PRIMARY KEY, ordered integer NOT NULL REFERENCES orders);
CREATE FUNCTION has_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS (SELECT FROM lines WHERE ordered = NEW.id) THEN RAISE EXCEPTION 'order % has no line', NEW.id; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER has_line AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION has_line();
