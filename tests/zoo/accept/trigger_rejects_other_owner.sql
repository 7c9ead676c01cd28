-- A visit is at a branch of the very firm that it is for: one parent is the other's own.
CREATE TABLE firms (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), firm_name text NOT NULL);
CREATE TABLE sites (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), belongs_to uuid NOT NULL REFERENCES firms, door text NOT NULL);
CREATE TABLE visits (
    id serial PRIMARY KEY, firm uuid NOT NULL REFERENCES firms, held_at uuid REFERENCES sites, visited_on date NOT NULL
);
CREATE FUNCTION at_home() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.held_at IS NOT NULL AND NOT EXISTS (SELECT FROM sites s WHERE s.id = NEW.held_at AND s.belongs_to = NEW.firm) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = 'visits are at sites of the firm';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER at_home BEFORE INSERT ON visits FOR EACH ROW EXECUTE FUNCTION at_home();
