-- Keys in which NULL equals NULL, over a reference, a boolean and an enum; NULL is one more value, and not every row needs another.
-- server: 15
-- rows: switches=3, grades=4
-- free: marks
CREATE TYPE grade AS ENUM ('low', 'middle', 'high');
CREATE TABLE owners (id serial PRIMARY KEY);
CREATE TABLE switches (id serial PRIMARY KEY, state boolean, UNIQUE NULLS NOT DISTINCT (state));
CREATE TABLE grades (grade grade, note text, UNIQUE NULLS NOT DISTINCT (grade));
CREATE TABLE notes (id serial PRIMARY KEY, owner integer REFERENCES owners, title varchar(20), UNIQUE NULLS NOT DISTINCT (owner, title));
CREATE TABLE marks (id serial PRIMARY KEY, owner integer REFERENCES owners, UNIQUE NULLS NOT DISTINCT (owner));
CREATE TABLE drafts (id serial PRIMARY KEY, slug varchar(20) NOT NULL, deleted_at timestamptz, UNIQUE NULLS NOT DISTINCT (slug, deleted_at));
CREATE TABLE rates (id uuid PRIMARY KEY, owner integer REFERENCES owners, grade grade, active boolean, UNIQUE NULLS NOT DISTINCT (owner, grade, active));
