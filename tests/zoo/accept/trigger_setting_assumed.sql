-- Triggers that demand settings which nobody gave: any will do, and the rows go in with one.
CREATE TABLE visits (id serial PRIMARY KEY, page text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, page text NOT NULL);
CREATE TABLE logs (id serial PRIMARY KEY, actor text);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM current_setting('app.tenant'); RETURN NEW; END $$;
CREATE FUNCTION demand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF coalesce(current_setting('app.actor', true), '') = '' THEN RAISE EXCEPTION 'no actor'; END IF; RETURN NEW; END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.actor := current_setting('app.actor', true); RETURN NEW; END $$;
CREATE TRIGGER stamp BEFORE INSERT ON visits FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE TRIGGER demand BEFORE INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION demand();
CREATE TRIGGER note BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION note();
