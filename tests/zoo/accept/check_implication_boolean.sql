-- A flag that demands a reason.
CREATE TABLE bans (id serial PRIMARY KEY, banned boolean NOT NULL, reason text, until date, CHECK (NOT banned OR reason IS NOT NULL), CHECK (banned OR until IS NULL));
