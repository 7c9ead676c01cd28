-- A generated column that is NOT NULL asks for keys of a document.
CREATE TABLE documents (
    type text NOT NULL, hash bytea NOT NULL, document jsonb NOT NULL,
    body tsvector NOT NULL GENERATED ALWAYS AS (setweight(to_tsvector('english', document ->> 'title'), 'A') || setweight(to_tsvector('english', document ->> 'text'), 'B')) STORED,
    PRIMARY KEY (type, hash)
);
CREATE TABLE events (id serial PRIMARY KEY, payload jsonb NOT NULL, kind text NOT NULL GENERATED ALWAYS AS (payload ->> 'kind') STORED);
