-- xml, also as an array.
-- needs: SELECT '<a/>'::xml
CREATE TABLE feeds (id serial PRIMARY KEY, body xml NOT NULL, parts xml[]);
