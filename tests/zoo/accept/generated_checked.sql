-- CHECKs of generated columns: they ask it of what the columns are generated from, a document's members among them.
CREATE TABLE messages (id bigserial PRIMARY KEY, body jsonb NOT NULL,
  message_id varchar NOT NULL GENERATED ALWAYS AS ((body ->> 'id')::varchar) STORED,
  compact boolean NOT NULL GENERATED ALWAYS AS (COALESCE((body #>> '{metadata,app,isCompact}')::boolean, false)) STORED,
  CONSTRAINT valid_id CHECK (message_id::text ~ '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'));
CREATE TABLE events (id serial PRIMARY KEY, payload jsonb NOT NULL,
  kind text GENERATED ALWAYS AS (payload ->> 'kind') STORED CHECK (kind IN ('opened', 'closed')) NOT NULL,
  version integer GENERATED ALWAYS AS ((payload ->> 'version')::integer) STORED CHECK (version BETWEEN 1 AND 3));
CREATE TABLE lines (id serial PRIMARY KEY, quantity integer NOT NULL CHECK (quantity > 0), price numeric(10,2) NOT NULL,
  total numeric GENERATED ALWAYS AS (quantity * price) STORED, CHECK (total BETWEEN 10 AND 5000), CHECK (price >= 0));
CREATE TABLE handles (id serial PRIMARY KEY, handle text NOT NULL,
  canonical text GENERATED ALWAYS AS (lower(btrim(handle))) STORED UNIQUE, CHECK (canonical ~ '^[a-z][a-z0-9_]{2,20}$'));
CREATE TABLE stays (id serial PRIMARY KEY, arrives date NOT NULL, leaves date NOT NULL,
  nights integer GENERATED ALWAYS AS (leaves - arrives) STORED CHECK (nights BETWEEN 1 AND 14));
CREATE TABLE notes (id serial PRIMARY KEY, title text, body text,
  empty boolean GENERATED ALWAYS AS (title IS NULL AND body IS NULL) STORED CHECK (NOT empty));
