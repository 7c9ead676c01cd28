-- Each recipe must have a step and an ingredient at commit; two triggers say so.
CREATE TABLE recipes (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE steps (id serial PRIMARY KEY, recipe integer NOT NULL REFERENCES recipes, text text NOT NULL);
CREATE TABLE ingredients (id serial PRIMARY KEY, recipe integer NOT NULL REFERENCES recipes, name text NOT NULL);
CREATE FUNCTION has_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM FROM steps s WHERE s.recipe = NEW.id; IF NOT FOUND THEN RAISE EXCEPTION 'no step'; END IF; RETURN NULL; END $$;
CREATE FUNCTION has_ingredient() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM FROM ingredients i WHERE i.recipe = NEW.id; IF NOT FOUND THEN RAISE EXCEPTION 'no ingredient'; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER has_step AFTER INSERT ON recipes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION has_step();
CREATE CONSTRAINT TRIGGER has_ingredient AFTER INSERT ON recipes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION has_ingredient();
