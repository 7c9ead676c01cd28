-- Triggers that fail on what they mean to say: an error of the data, but not of any text of the row.
CREATE TABLE patients (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE documents (id serial PRIMARY KEY, patient_id integer NOT NULL REFERENCES patients, title text);
CREATE TABLE bills (id serial PRIMARY KEY, number text UNIQUE, comment text, document_id integer REFERENCES documents);
CREATE TABLE bill_items (id serial PRIMARY KEY, bill_id integer NOT NULL REFERENCES bills, patient_id integer NOT NULL REFERENCES patients);
CREATE FUNCTION no_mislinked_bill() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_document integer; of_bill integer; message text;
BEGIN
  IF NEW.document_id IS NULL THEN RETURN NEW; END IF;
  SELECT patient_id INTO of_document FROM documents WHERE id = NEW.document_id;
  SELECT patient_id INTO of_bill FROM bill_items WHERE bill_id = NEW.id;
  IF of_document = of_bill THEN RETURN NEW; END IF;
  message := 'patient mismatch between bill (patient ' || of_bill || ') and document (patient ' || of_document || ')';
  RAISE EXCEPTION integrity_constraint_violation USING message = message;
END $$;
CREATE TRIGGER no_mislinked_bill BEFORE INSERT OR UPDATE ON bills FOR EACH ROW EXECUTE FUNCTION no_mislinked_bill();
CREATE TABLE shares (id serial PRIMARY KEY, label text, note text, total integer, parts integer);
CREATE FUNCTION no_odd_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM 1 / CASE WHEN NEW.parts IS NULL THEN 1 ELSE 0 END; RETURN NEW; END $$;
CREATE TRIGGER no_odd_share BEFORE INSERT ON shares FOR EACH ROW EXECUTE FUNCTION no_odd_share();
