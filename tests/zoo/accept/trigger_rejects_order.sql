-- A trigger that rejects what a CHECK might have, among moments.
CREATE TABLE leases (id serial PRIMARY KEY, tenant text NOT NULL, ends_on date NOT NULL, begins_on date NOT NULL);
CREATE FUNCTION in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE days integer;
BEGIN
    days := NEW.ends_on - NEW.begins_on;
    IF days <= 0 THEN RAISE EXCEPTION 'lease of % days', days USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT OR UPDATE ON leases FOR EACH ROW EXECUTE FUNCTION in_order();
