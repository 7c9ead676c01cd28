-- Books kept by double entry, with a constraint trigger that asks every entry to balance, and without.
-- free: postings, lines, rows_of_moves
CREATE TABLE journal (id serial PRIMARY KEY, description text NOT NULL, posted_at date NOT NULL);
CREATE TABLE postings (id serial PRIMARY KEY, journal_id integer NOT NULL REFERENCES journal, account text NOT NULL,
  debit numeric(12,2) NOT NULL DEFAULT 0, credit numeric(12,2) NOT NULL DEFAULT 0,
  CHECK ((debit = 0) <> (credit = 0)), CHECK (debit >= 0 AND credit >= 0));
CREATE FUNCTION balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(debit) - sum(credit) FROM postings WHERE journal_id = NEW.journal_id) <> 0 THEN
    RAISE EXCEPTION 'journal % is not balanced', NEW.journal_id;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT OR UPDATE ON postings DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION balanced();
CREATE TABLE accounts (id serial PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE journal_entries (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), memo text, entry_date date NOT NULL);
CREATE TABLE lines (id serial PRIMARY KEY, entry_id uuid NOT NULL REFERENCES journal_entries, account_id integer NOT NULL REFERENCES accounts,
  debit_amount integer, credit_amount integer, CHECK (num_nonnulls(debit_amount, credit_amount) = 1));
CREATE TABLE account_moves (id serial PRIMARY KEY, ref text);
CREATE TABLE rows_of_moves (id serial PRIMARY KEY, move_id integer NOT NULL REFERENCES account_moves ON DELETE CASCADE, label text,
  debit numeric NOT NULL DEFAULT 0, credit numeric NOT NULL DEFAULT 0);
