-- A ring whose keys are both deferred from the start.
CREATE TABLE lefts (id uuid PRIMARY KEY, r uuid NOT NULL);
CREATE TABLE rights (id uuid PRIMARY KEY, l uuid NOT NULL REFERENCES lefts DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE lefts ADD FOREIGN KEY (r) REFERENCES rights DEFERRABLE INITIALLY DEFERRED;
