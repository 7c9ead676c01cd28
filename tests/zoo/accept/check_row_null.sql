-- A row of columns that is NULL as a whole.
CREATE TABLE spots (id serial PRIMARY KEY, lat numeric(8,5), lon numeric(8,5), CHECK (ROW(lat, lon) IS NULL OR ROW(lat, lon) IS NOT NULL));
