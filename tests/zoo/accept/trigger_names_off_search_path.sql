-- Functions of triggers and CHECKs name relations and functions of their schema, which is not on the role's search_path.
-- free: history
CREATE SCHEMA shop;
CREATE SCHEMA web;
SET search_path = shop;
CREATE TABLE shop.products (id serial PRIMARY KEY, name text NOT NULL, uses integer NOT NULL DEFAULT 0);
CREATE TABLE shop.history (id serial PRIMARY KEY, what text NOT NULL);
CREATE FUNCTION shop.note(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO history (what) VALUES ($1); END $$;
CREATE FUNCTION shop.noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM note(TG_TABLE_NAME); RETURN NULL; END $$;
CREATE FUNCTION shop.short(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN length($1) < most(); END $$;
CREATE FUNCTION shop.most() RETURNS integer LANGUAGE sql AS 'SELECT 40';
CREATE TABLE shop.labels (id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, word text NOT NULL CHECK (shop.short(word)));
CREATE TRIGGER noted AFTER INSERT ON products FOR EACH ROW EXECUTE FUNCTION noted();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON labels DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION noted();
-- A table of another schema calls the function, too.
CREATE TABLE web.pages (id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES shop.products, path text NOT NULL);
CREATE TRIGGER noted AFTER INSERT ON web.pages FOR EACH ROW EXECUTE FUNCTION noted();
RESET search_path;
