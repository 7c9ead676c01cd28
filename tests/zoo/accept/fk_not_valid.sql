-- A reference that isn't validated still holds for new rows.
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY, a integer NOT NULL);
ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a NOT VALID;
