-- Rings of which one key is deferrable, the required one; nothing need be postponed.
CREATE TABLE heads (name text NOT NULL, key text NOT NULL, token text NOT NULL, PRIMARY KEY (name, key));
CREATE TABLE holds (name text NOT NULL, key text NOT NULL, token text NOT NULL, PRIMARY KEY (name, key, token), FOREIGN KEY (name, key) REFERENCES heads);
ALTER TABLE heads ADD FOREIGN KEY (name, key, token) REFERENCES holds (name, key, token) DEFERRABLE;
CREATE TABLE firms (id serial PRIMARY KEY, boss integer NOT NULL, deputy integer);
CREATE TABLE persons (id serial PRIMARY KEY, firm integer NOT NULL REFERENCES firms);
ALTER TABLE firms ADD FOREIGN KEY (boss) REFERENCES persons DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE firms ADD FOREIGN KEY (deputy) REFERENCES persons;
