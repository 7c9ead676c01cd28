-- Loans go to readers who haven't left and for books that are on the shelf, says a trigger.
CREATE TABLE readers (id serial PRIMARY KEY, name text NOT NULL, left_on date);
CREATE TABLE books (id serial PRIMARY KEY, title text NOT NULL, place text NOT NULL CHECK (place IN ('shelf', 'store', 'lost')));
CREATE TABLE loans (id serial PRIMARY KEY, reader_id integer NOT NULL REFERENCES readers, book_id integer NOT NULL REFERENCES books);
CREATE FUNCTION lend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (SELECT left_on IS NOT NULL FROM readers WHERE id = NEW.reader_id) THEN RAISE EXCEPTION 'the reader has left'; END IF;
    IF (SELECT place <> 'shelf' FROM books WHERE id = NEW.book_id) THEN RAISE EXCEPTION 'the book is away'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lend BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION lend();
