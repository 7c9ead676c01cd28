-- Text in order where one of the two may be missing, equal texts won't do, or there is hardly room.
CREATE TABLE postcodes (id serial PRIMARY KEY, first varchar(6) NOT NULL, last varchar(6), CHECK (first < last));
CREATE TABLE shelves (id serial PRIMARY KEY, from_name text, to_name text NOT NULL, CHECK (to_name >= from_name));
CREATE TABLE words (id serial PRIMARY KEY, a text COLLATE "C" NOT NULL, b text COLLATE "C" NOT NULL, c text COLLATE "C" NOT NULL, CHECK (a <= b), CHECK (b < c));
