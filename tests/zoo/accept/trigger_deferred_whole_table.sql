-- What a deferred trigger refuses is what the rows come to together: nothing lives below what is deleted, ranks are
-- all of one scheme, and shares of a plan don't exceed the whole.
CREATE TABLE folders (id serial PRIMARY KEY, parent_id integer REFERENCES folders, title text NOT NULL, is_deleted boolean NOT NULL);
CREATE TABLE files (id serial PRIMARY KEY, folder_id integer NOT NULL REFERENCES folders, name text NOT NULL, is_deleted boolean NOT NULL DEFAULT false);
CREATE FUNCTION consistent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE chains (id, is_deleted) AS (
      SELECT id, is_deleted FROM folders WHERE parent_id IS NULL
      UNION ALL
      SELECT f.id, c.is_deleted OR f.is_deleted FROM folders f JOIN chains c ON f.parent_id = c.id)
    SELECT 1 FROM files f JOIN chains c ON c.id = f.folder_id WHERE c.is_deleted AND NOT f.is_deleted
    UNION ALL
    SELECT 1 FROM folders f JOIN chains c ON c.id = f.id WHERE c.is_deleted AND NOT f.is_deleted)
  THEN RAISE EXCEPTION 'something lives below what is deleted'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER consistent AFTER INSERT OR UPDATE ON folders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION consistent();
CREATE CONSTRAINT TRIGGER consistent AFTER INSERT OR UPDATE ON files DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION consistent();

CREATE TABLE ranks (id serial PRIMARY KEY, scheme text NOT NULL CHECK (scheme IN ('letters', 'numbers')), label text);
CREATE FUNCTION one_scheme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(DISTINCT scheme) FROM ranks) > 1 THEN RAISE EXCEPTION 'two schemes'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER one_scheme AFTER INSERT ON ranks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION one_scheme();
