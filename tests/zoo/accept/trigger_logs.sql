-- A trigger writes to a log, which has rows without being asked.
CREATE TABLE accounts (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE account_counts (total bigint NOT NULL);
CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE account_counts SET total = total + 1; RETURN NULL; END $$;
CREATE TRIGGER counts AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION count_up();
