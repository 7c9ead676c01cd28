-- Points to circles.
CREATE TABLE shapes (id serial PRIMARY KEY, spot point NOT NULL, edge line NOT NULL, part lseg NOT NULL,
    area box NOT NULL, way path NOT NULL, outline polygon NOT NULL, reach circle NOT NULL);
