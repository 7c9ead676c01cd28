-- A trigger that silently drops some rows.
-- gap: none_kept
CREATE TABLE none_kept (id serial PRIMARY KEY);
CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER drop_row BEFORE INSERT ON none_kept FOR EACH ROW EXECUTE FUNCTION drop_row();
