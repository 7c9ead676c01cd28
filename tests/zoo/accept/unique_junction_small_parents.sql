-- A junction of two parents that hold few rows: their product is the limit.
-- rows: sizes=2, colors=3, variants=6
CREATE TABLE sizes (large boolean PRIMARY KEY);
CREATE TYPE hue AS ENUM ('red', 'green', 'blue');
CREATE TABLE colors (hue hue PRIMARY KEY);
CREATE TABLE variants (large boolean REFERENCES sizes, hue hue REFERENCES colors, PRIMARY KEY (large, hue));
