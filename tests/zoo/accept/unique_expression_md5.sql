-- Unique by a digest of long text.
CREATE TABLE blobs (id serial PRIMARY KEY, body text NOT NULL);
CREATE UNIQUE INDEX ON blobs (md5(body));
