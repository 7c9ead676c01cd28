-- A trigger demands a setting that the application gives, through a function of its own, and fills a column with it.
-- set: app.tenant=17
CREATE FUNCTION tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('app.tenant')::integer $$;
CREATE TABLE visits (id serial PRIMARY KEY, tenant_id integer NOT NULL CHECK (tenant_id = 17), page text NOT NULL);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.tenant_id := tenant(); RETURN NEW; END $$;
CREATE TRIGGER stamp BEFORE INSERT ON visits FOR EACH ROW EXECUTE FUNCTION stamp();
