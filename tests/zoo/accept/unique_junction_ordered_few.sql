-- Fewer ordered pairs than rows: of five there are ten, and fifteen where a row may meet itself.
-- rows: planets=5, orbits=10, meetings=15
-- more: planets=0, orbits=0, meetings=0
CREATE TABLE planets (id integer PRIMARY KEY CHECK (id BETWEEN 1 AND 5));
CREATE TABLE orbits (a integer REFERENCES planets, b integer REFERENCES planets, PRIMARY KEY (a, b), CHECK (a < b));
CREATE TABLE meetings (a integer REFERENCES planets, b integer REFERENCES planets, PRIMARY KEY (a, b), CHECK (a <= b));
