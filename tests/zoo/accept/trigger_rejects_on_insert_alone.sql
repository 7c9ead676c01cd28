-- Who approves is named with the decision; what is said of updates holds for no new row.
CREATE TABLE people (id serial PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE requests (id serial PRIMARY KEY, approver_id integer REFERENCES people, status text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected')), amount numeric(10, 2) NOT NULL);
CREATE FUNCTION decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.status <> 'pending' AND NEW.approver_id IS NULL THEN
        RAISE EXCEPTION 'nobody decided';
    END IF;
    IF tg_op = 'UPDATE' AND NEW.status = 'pending' THEN
        RAISE EXCEPTION 'decisions stand';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided BEFORE INSERT OR UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION decided();
