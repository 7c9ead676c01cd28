-- A rule that sends some rows elsewhere.
-- free: mail, spam
CREATE TABLE spam (id integer, score integer);
CREATE TABLE mail (id integer PRIMARY KEY, score integer NOT NULL CHECK (score BETWEEN 1 AND 10));
CREATE RULE sorted AS ON INSERT TO mail WHERE NEW.score > 8 DO INSTEAD INSERT INTO spam VALUES (NEW.id, NEW.score);
