-- A trigger writes an audit row for each row, through a function with a set search_path.
-- free: log
CREATE SCHEMA audit;
CREATE TABLE audit.log (id bigserial PRIMARY KEY, what text NOT NULL, doc jsonb);
CREATE TABLE invoices (id serial PRIMARY KEY, total numeric(8,2) NOT NULL);
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit AS $$ BEGIN INSERT INTO log (what, doc) VALUES (TG_TABLE_NAME, to_jsonb(NEW)); RETURN NULL; END $$;
CREATE TRIGGER note AFTER INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION audit.note();
