-- Not blank, said of what is coalesced: where one thing is there the other must not be blank.
CREATE TABLE results (id serial PRIMARY KEY, val_num numeric, val_unit text,
  CONSTRAINT numval_needs_unit CHECK ((val_num IS NOT NULL AND trim(COALESCE(val_unit, '')) <> '') OR val_num IS NULL));
CREATE TABLE staged (id serial PRIMARY KEY, amount numeric, currency varchar(10), note text,
  CHECK (amount IS NULL OR COALESCE(btrim(currency), '') <> ''),
  CHECK (length(trim(COALESCE(note, '  '))) > 0 OR amount IS NOT NULL));
CREATE TABLE named (id serial PRIMARY KEY, first text, last text, CHECK (COALESCE(trim(first), '') || COALESCE(trim(last), '') <> ''));
CREATE TABLE stated (id serial PRIMARY KEY, alpha text, numeric_value numeric,
  CHECK (NOT (trim(COALESCE(alpha, '')) = '' AND numeric_value IS NULL)));
