-- The built-in trigger of text search.
CREATE TABLE docs (id serial PRIMARY KEY, title text NOT NULL, body text, words tsvector);
CREATE TRIGGER words BEFORE INSERT OR UPDATE ON docs FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger(words, 'pg_catalog.english', title, body);
