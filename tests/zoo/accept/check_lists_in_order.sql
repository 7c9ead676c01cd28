-- Columns of short lists that must be in order: two, three in a chain, some nullable, in one branch of several.
CREATE TABLE forms (id serial PRIMARY KEY, shown_public smallint NOT NULL CHECK (shown_public IN (0, 1, 2)),
  shown_members smallint NOT NULL CHECK (shown_members = ANY (ARRAY[0, 1, 2])), CHECK (shown_public <= shown_members));
CREATE TABLE grades (id serial PRIMARY KEY, low smallint NOT NULL CHECK (low IN (1, 2, 5)), middle smallint CHECK (middle IN (2, 3)),
  high numeric(3,1) NOT NULL CHECK (high IN (2.5, 5.0, 9.5)), CHECK (low < middle), CHECK (middle < high), CHECK (low <= high));
CREATE TABLE offers (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('fixed', 'open')), least integer CHECK (least IN (10, 20, 50)), most integer,
  CHECK (kind = 'open' AND most IS NULL OR kind = 'fixed' AND most IN (10, 20, 30) AND least > most AND least IS NOT NULL));
