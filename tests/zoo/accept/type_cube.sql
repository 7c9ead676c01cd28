-- cube.
-- extension: cube
CREATE EXTENSION cube;
CREATE TABLE vectors (id serial PRIMARY KEY, embedding cube NOT NULL);
