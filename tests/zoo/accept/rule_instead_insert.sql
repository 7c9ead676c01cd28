-- A rule that puts the rows into another table: its own can hold none, and none are sent through it.
-- gap: inbox
CREATE TABLE archive (id integer, name text);
CREATE TABLE inbox (id integer PRIMARY KEY, name text NOT NULL);
CREATE RULE forward AS ON INSERT TO inbox DO INSTEAD INSERT INTO archive VALUES (NEW.id, NEW.name);
