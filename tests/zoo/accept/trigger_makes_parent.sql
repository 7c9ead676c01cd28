-- Triggers that make the row's own parent before it is inserted: the keys of several tables go through one.
-- free: transactions, nodes
CREATE SEQUENCE ids;
CREATE TABLE transactions (id integer PRIMARY KEY DEFAULT nextval('ids'), table_name text NOT NULL, approved boolean NOT NULL);
CREATE TABLE receipts (id integer PRIMARY KEY DEFAULT nextval('ids') REFERENCES transactions, number text, approved boolean NOT NULL DEFAULT true);
CREATE TABLE payables (id integer PRIMARY KEY DEFAULT nextval('ids') REFERENCES transactions, number text, approved boolean NOT NULL DEFAULT true);
CREATE TABLE entries (id serial PRIMARY KEY, transaction_id integer NOT NULL REFERENCES transactions, amount numeric(10,2) NOT NULL);
CREATE FUNCTION track() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO transactions (id, table_name, approved) VALUES (NEW.id, TG_RELNAME, NEW.approved);
  RETURN NEW;
END $$;
CREATE TRIGGER track BEFORE INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION track();
CREATE TRIGGER track BEFORE INSERT ON payables FOR EACH ROW EXECUTE FUNCTION track();
CREATE TABLE nodes (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), kind text NOT NULL);
CREATE TABLE articles (node_id uuid PRIMARY KEY DEFAULT gen_random_uuid() REFERENCES nodes (id), title text NOT NULL);
CREATE FUNCTION make_node() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO nodes VALUES (NEW.node_id, 'article'); RETURN NEW; END $$;
CREATE TRIGGER make_node BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION make_node();
