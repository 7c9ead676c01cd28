-- Keys of citext within patterns so narrow that upper case has to be tried: words that differ in case only are one.
-- extension: citext
-- rows: dock=9, ramp=9
CREATE EXTENSION citext;
CREATE TABLE dock (code citext PRIMARY KEY CHECK (code ~ '^[a-c]{2}$'), opened date);
CREATE TABLE ramp (id int PRIMARY KEY, code citext NOT NULL UNIQUE CHECK (code SIMILAR TO '[A-Ca-c]{2}'));
CREATE TABLE gate (code citext UNIQUE CHECK (code::text ~ '^[A-Ga-g]{2}$'), opened date);
