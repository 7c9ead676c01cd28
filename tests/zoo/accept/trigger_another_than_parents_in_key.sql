-- Nobody rates a document of theirs, and everybody rates one once: the key counts raters who are not the owner.
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text NOT NULL UNIQUE);
CREATE TABLE documents (id serial PRIMARY KEY, owner_id uuid NOT NULL REFERENCES users, title text NOT NULL);
CREATE TABLE ratings (id serial PRIMARY KEY, rater_id uuid NOT NULL REFERENCES users, document_id integer NOT NULL REFERENCES documents, stars integer NOT NULL, comment text, UNIQUE (rater_id, document_id));
CREATE FUNCTION rate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM documents WHERE id = NEW.document_id AND owner_id = NEW.rater_id) THEN
        RAISE EXCEPTION 'own document';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rate BEFORE INSERT ON ratings FOR EACH ROW EXECUTE FUNCTION rate();
