-- A trigger fills required columns.
CREATE TABLE posts (id serial PRIMARY KEY, title text NOT NULL, slug text NOT NULL);
CREATE FUNCTION set_slug() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.slug := 'post-' || NEW.id; RETURN NEW; END $$;
CREATE TRIGGER slug BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION set_slug();
