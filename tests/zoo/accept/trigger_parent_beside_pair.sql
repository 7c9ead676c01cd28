-- A column is of two references: a pair that must be listed, and a state of which a trigger wants that it is initial.
CREATE TABLE states (name text PRIMARY KEY, is_initial boolean NOT NULL DEFAULT false);
CREATE TABLE transitions (from_state text NOT NULL REFERENCES states, to_state text NOT NULL REFERENCES states, PRIMARY KEY (from_state, to_state), CHECK (from_state <> to_state));
CREATE TABLE moves (id serial PRIMARY KEY, from_state text REFERENCES states, to_state text NOT NULL REFERENCES states, moved_at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.from_state IS NOT NULL AND NOT EXISTS (
        SELECT FROM transitions t WHERE t.from_state = NEW.from_state AND t.to_state = NEW.to_state
    ) THEN
        RAISE EXCEPTION 'no transition % -> %', NEW.from_state, NEW.to_state;
    END IF;
    IF NEW.from_state IS NULL AND NOT (SELECT is_initial FROM states WHERE name = NEW.to_state) THEN
        RAISE EXCEPTION 'not an initial state';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER listed BEFORE INSERT ON moves FOR EACH ROW EXECUTE FUNCTION listed();
