-- A generated column that is NOT NULL asks for keys of a document.
CREATE TABLE documents (
    type text NOT NULL, hash bytea NOT NULL, document jsonb NOT NULL,
    body tsvector NOT NULL GENERATED ALWAYS AS (setweight(to_tsvector('english', document ->> 'title'), 'A') || setweight(to_tsvector('english', document ->> 'text'), 'B')) STORED,
    PRIMARY KEY (type, hash)
);
CREATE TABLE events (id serial PRIMARY KEY, payload jsonb NOT NULL, kind text NOT NULL GENERATED ALWAYS AS (payload ->> 'kind') STORED);
CREATE TABLE readings (
    id serial PRIMARY KEY, raw jsonb NOT NULL,
    sensor integer NOT NULL GENERATED ALWAYS AS ((raw #>> '{device,id}')::integer) STORED,
    celsius numeric NOT NULL GENERATED ALWAYS AS (round((raw ->> 'celsius')::numeric * 1.0, 1)) STORED,
    live boolean NOT NULL GENERATED ALWAYS AS ((raw ->> 'live')::boolean) STORED
);
CREATE TABLE contacts (
    id uuid PRIMARY KEY, given text, family text, extra jsonb,
    shown text NOT NULL GENERATED ALWAYS AS (given || ' ' || upper(family)) STORED,
    handle text NOT NULL GENERATED ALWAYS AS (coalesce(extra ->> 'handle', lower(given))) STORED,
    print text NOT NULL GENERATED ALWAYS AS (md5(given)) STORED UNIQUE,
    words text[] NOT NULL GENERATED ALWAYS AS (ARRAY[given, extra ->> 'middle', family]) STORED
);
