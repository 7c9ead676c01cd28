-- A trigger sets a time, which differs from run to run.
-- volatile: posts
CREATE TABLE posts (id serial PRIMARY KEY, title text NOT NULL, updated_at timestamptz NOT NULL);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := clock_timestamp(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();
