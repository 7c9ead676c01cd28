-- A generated text search column with an index.
CREATE TABLE articles (id serial PRIMARY KEY, title text NOT NULL, body text,
    words tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || coalesce(body, ''))) STORED);
CREATE INDEX ON articles USING gin (words);
