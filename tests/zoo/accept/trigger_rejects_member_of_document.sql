-- What a document holds is what its row says, and a trigger wants it.
CREATE TABLE happenings (id serial PRIMARY KEY, type text NOT NULL, payload jsonb NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION same_type() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.payload ? 'type') OR NEW.payload->>'type' <> NEW.type THEN
        RAISE EXCEPTION 'payload without its type';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER same_type BEFORE INSERT ON happenings FOR EACH ROW EXECUTE FUNCTION same_type();
