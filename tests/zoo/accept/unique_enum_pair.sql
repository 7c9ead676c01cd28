-- A pair of enums holds their product.
-- rows: cells=6
CREATE TYPE col AS ENUM ('a', 'b', 'c');
CREATE TABLE cells (col col NOT NULL, bottom boolean NOT NULL, PRIMARY KEY (col, bottom));
