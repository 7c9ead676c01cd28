-- A trigger rejects what a CHECK might have.
CREATE TABLE offers (id serial PRIMARY KEY, price integer NOT NULL, cost integer NOT NULL);
CREATE FUNCTION no_loss() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.price < NEW.cost THEN RAISE EXCEPTION 'price below cost'; END IF; RETURN NEW; END $$;
CREATE TRIGGER no_loss BEFORE INSERT ON offers FOR EACH ROW EXECUTE FUNCTION no_loss();
