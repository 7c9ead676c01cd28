-- A composite reference whose columns are unique one by one in the child: rows that repeat a column in the parent collide.
-- rows: mains=3
-- free: seats, badges
CREATE TABLE assets (id serial PRIMARY KEY, name varchar(1500) NOT NULL, uri varchar(1500) NOT NULL, UNIQUE (name, uri));
CREATE TABLE active_assets (name varchar(1500) NOT NULL UNIQUE, uri varchar(1500) NOT NULL UNIQUE, PRIMARY KEY (name, uri),
  FOREIGN KEY (name, uri) REFERENCES assets (name, uri) ON DELETE CASCADE);
CREATE TABLE rows (id serial PRIMARY KEY);
CREATE TABLE places ("row" integer NOT NULL REFERENCES rows, number smallint NOT NULL, PRIMARY KEY ("row", number));
CREATE TABLE seats (id serial PRIMARY KEY, "row" integer NOT NULL UNIQUE, number smallint NOT NULL, FOREIGN KEY ("row", number) REFERENCES places);
CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE rooms (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE grants (person integer REFERENCES people, room integer REFERENCES rooms, PRIMARY KEY (person, room));
CREATE TABLE badges (code uuid PRIMARY KEY, person integer NOT NULL UNIQUE, room integer NOT NULL UNIQUE, FOREIGN KEY (person, room) REFERENCES grants);
CREATE TABLE sources (kind text NOT NULL CHECK (kind IN ('web', 'print', 'radio')), uri text NOT NULL, PRIMARY KEY (kind, uri));
CREATE TABLE mains (kind text NOT NULL UNIQUE, uri text NOT NULL, PRIMARY KEY (kind, uri), FOREIGN KEY (kind, uri) REFERENCES sources);
