-- Each level's key holds the one above and a number more.
CREATE TABLE buildings (b integer PRIMARY KEY);
CREATE TABLE floors (b integer REFERENCES buildings, f smallint, PRIMARY KEY (b, f));
CREATE TABLE rooms (b integer, f smallint, r smallint, PRIMARY KEY (b, f, r), FOREIGN KEY (b, f) REFERENCES floors);
CREATE TABLE beds (b integer, f smallint, r smallint, n smallint, PRIMARY KEY (b, f, r, n), FOREIGN KEY (b, f, r) REFERENCES rooms);
