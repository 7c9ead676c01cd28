-- Only the default is taken, or nothing at all.
CREATE TABLE audits (id serial PRIMARY KEY, made_by text NOT NULL DEFAULT CURRENT_USER, approved_by text, note text NOT NULL);
CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.made_by <> CURRENT_USER THEN RAISE EXCEPTION 'not yours'; END IF;
    IF (SELECT NEW.approved_by) IS NOT NULL THEN RAISE EXCEPTION 'approved later'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT ON audits FOR EACH ROW EXECUTE FUNCTION own();
