-- Shapes that don't meet: circles, boxes, polygons.
CREATE TABLE zones (id serial PRIMARY KEY, area circle NOT NULL, EXCLUDE USING gist (area WITH &&));
CREATE TABLE plots (id serial PRIMARY KEY, plan box NOT NULL, EXCLUDE USING gist (plan WITH &&));
CREATE TABLE lakes (id serial PRIMARY KEY, shore polygon NOT NULL, EXCLUDE USING gist (shore WITH &&));
