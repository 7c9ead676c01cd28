-- A trigger inserts the child row itself.
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE wallets (usr integer PRIMARY KEY REFERENCES users, balance numeric(8,2) NOT NULL DEFAULT 0);
CREATE FUNCTION open_wallet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO wallets (usr) VALUES (NEW.id); RETURN NULL; END $$;
CREATE TRIGGER wallet AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION open_wallet();
