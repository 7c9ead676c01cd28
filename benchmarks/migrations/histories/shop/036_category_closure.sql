BEGIN;
CREATE TABLE category_paths (
    ancestor_id integer NOT NULL REFERENCES categories ON DELETE CASCADE,
    descendant_id integer NOT NULL REFERENCES categories ON DELETE CASCADE,
    depth integer NOT NULL CHECK (depth >= 0),
    PRIMARY KEY (ancestor_id, descendant_id),
    CHECK ((ancestor_id = descendant_id) = (depth = 0))
);
INSERT INTO category_paths
WITH RECURSIVE paths AS (
    SELECT id AS ancestor_id, id AS descendant_id, 0 AS depth FROM categories
    UNION ALL
    SELECT p.ancestor_id, c.id, p.depth + 1 FROM paths AS p JOIN categories AS c ON c.parent_id = p.descendant_id
)
SELECT * FROM paths;
CREATE FUNCTION add_category_paths() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO category_paths (ancestor_id, descendant_id, depth)
    SELECT NEW.id, NEW.id, 0
    UNION ALL
    SELECT ancestor_id, NEW.id, depth + 1 FROM category_paths WHERE descendant_id = NEW.parent_id;
    RETURN NULL;
END $$;
CREATE TRIGGER add_paths AFTER INSERT ON categories FOR EACH ROW EXECUTE FUNCTION add_category_paths();
COMMIT;
