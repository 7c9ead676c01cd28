-- Triggers that look for a row of a junction before they let another one in.
CREATE TABLE doctors (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE wards (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE memberships (doctor_id integer REFERENCES doctors, ward_id integer REFERENCES wards, since date NOT NULL, active boolean NOT NULL DEFAULT true, PRIMARY KEY (doctor_id, ward_id));
CREATE TABLE admissions (id serial PRIMARY KEY, ward_id integer NOT NULL REFERENCES wards, patient text NOT NULL);
CREATE TABLE rounds (id serial PRIMARY KEY, doctor_id integer NOT NULL REFERENCES doctors, ward_id integer NOT NULL REFERENCES wards, held_on date NOT NULL, UNIQUE (ward_id, held_on, doctor_id));
CREATE TABLE orders (id serial PRIMARY KEY, admission_id integer NOT NULL REFERENCES admissions, doctor_id integer NOT NULL REFERENCES doctors, what text NOT NULL);
CREATE TABLE shifts (id serial PRIMARY KEY, doctor integer NOT NULL REFERENCES doctors, ward integer NOT NULL REFERENCES wards, starts_at timestamptz NOT NULL);
CREATE TABLE notes (id serial PRIMARY KEY, admission_id integer NOT NULL REFERENCES admissions, doctor_id integer REFERENCES doctors, body text NOT NULL);
CREATE FUNCTION a_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM memberships m WHERE m.doctor_id = NEW.doctor_id AND m.ward_id = NEW.ward_id) THEN
    RAISE EXCEPTION 'doctor % is no member of ward %', NEW.doctor_id, NEW.ward_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_member BEFORE INSERT OR UPDATE ON rounds FOR EACH ROW EXECUTE FUNCTION a_member();
CREATE FUNCTION orders_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE n integer;
BEGIN
  SELECT count(*) INTO n FROM admissions a JOIN memberships m ON m.ward_id = a.ward_id WHERE a.id = NEW.admission_id AND m.doctor_id = NEW.doctor_id;
  IF n = 0 THEN RAISE EXCEPTION 'doctor % does not work where admission % is', NEW.doctor_id, NEW.admission_id; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_there BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION orders_there();
CREATE FUNCTION on_shift() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE who integer := NEW.doctor;
BEGIN
  PERFORM 1 FROM memberships WHERE doctor_id = who AND ward_id = NEW.ward;
  IF NOT FOUND THEN RAISE EXCEPTION 'no shift for a stranger'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER on_shift AFTER INSERT ON shifts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION on_shift();
CREATE FUNCTION notes_by() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE there boolean;
BEGIN
  IF NEW.doctor_id IS NOT NULL THEN
    SELECT EXISTS (SELECT 1 FROM admissions a, memberships m WHERE a.id = NEW.admission_id AND a.ward_id = m.ward_id AND NEW.doctor_id = m.doctor_id) INTO there;
    IF NOT there THEN RAISE EXCEPTION 'a note by a stranger'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notes_by BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION notes_by();
