-- CHECKs decide which rows of a tree are roots: the row of a reserved id, those of a kind, that of a reserved code. A
-- trigger refuses circles, also of one row.
CREATE FUNCTION refuse_circles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
  EXECUTE format($q$
    WITH RECURSIVE chain(at, path, circle) AS (
      SELECT %2$I::text, ARRAY[%2$I::text], false FROM %1$I
      UNION ALL
      SELECT t.%2$I::text, chain.path || t.%2$I::text, t.%2$I::text = ANY (chain.path)
      FROM %1$I AS t JOIN chain ON t.%3$I::text = chain.at WHERE NOT chain.circle)
    SELECT count(*) FROM chain WHERE circle $q$, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]) INTO found;
  IF found > 0 THEN RAISE EXCEPTION 'a circle'; END IF;
  RETURN NULL;
END $$;

CREATE TABLE categories (
  id serial PRIMARY KEY, parent_id integer REFERENCES categories, title text NOT NULL, icon text, icon_data json NOT NULL DEFAULT 'null',
  hidden boolean NOT NULL,
  CHECK ((parent_id IS NULL) = (id = 0)), CHECK (id <> 0 OR NOT hidden), CHECK ((icon IS NULL) = (icon_data::text = 'null')));
CREATE CONSTRAINT TRIGGER circles AFTER INSERT OR UPDATE OF parent_id ON categories
  FOR EACH ROW EXECUTE FUNCTION refuse_circles('id', 'parent_id');

CREATE TABLE places (
  id bigint PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('country', 'region', 'town')), name text NOT NULL, within bigint REFERENCES places,
  CHECK (kind = 'country' AND within IS NULL OR kind <> 'country' AND within IS NOT NULL));
CREATE CONSTRAINT TRIGGER circles AFTER INSERT ON places FOR EACH ROW EXECUTE FUNCTION refuse_circles('id', 'within');

CREATE TABLE units (
  code varchar(12) PRIMARY KEY, part_of varchar(12) REFERENCES units, opened date,
  CONSTRAINT top CHECK (code = 'ROOT' AND part_of IS NULL OR code <> 'ROOT' AND part_of IS NOT NULL AND part_of <> code));
CREATE CONSTRAINT TRIGGER circles AFTER INSERT ON units FOR EACH ROW EXECUTE FUNCTION refuse_circles('code', 'part_of');
