-- Tables that are hard to bring into files and back, each for a reason of its own.
CREATE EXTENSION hstore;
CREATE SCHEMA "Odd names";

-- Types, with defaults and columns that the server computes.
CREATE DOMAIN percentage AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE mood AS ENUM ('sad', 'so so', 'it''s "fine"', 'back\slash');
CREATE TYPE point3 AS (x integer, y integer, label text);
CREATE TABLE "Odd names"."Every type, nearly" (
    id uuid PRIMARY KEY,
    small smallint, big bigint, amount numeric(12, 3), loose numeric, share percentage, price money,
    single real, double double precision, flag boolean NOT NULL, feeling mood NOT NULL,
    code char(4), short varchar(7), bits bit(5), more bit varying(9), raw bytea, "group" text NOT NULL,
    born date, at time, at_zone timetz, stamp timestamp, moment timestamptz(3), span interval,
    doc jsonb, plain json, tags text[], numbers integer[], moods mood[], moments timestamptz[], during tstzrange,
    days daterange[], place point, address inet, hardware macaddr, pairs hstore, whole point3, search tsvector,
    shout text GENERATED ALWAYS AS (upper("group")) STORED,
    made_at timestamptz NOT NULL DEFAULT '2020-01-01 00:00:00+00'
);

-- Text that formats stumble over.
CREATE TABLE awkward (
    id integer GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5) PRIMARY KEY,
    word text CHECK (word IN ('', ' ', '\.', '\N', 'NULL', 'a,b', 'a"b', 'a''b', E'two\nlines', E'tab\there', ' lead', 'x\')),
    colon text NOT NULL CHECK (colon IN (':a', '$1', '%s', '''; DROP TABLE awkward; --', '{}', 'ü€𝄞'))
);
CREATE TABLE lonely (word text CHECK (word IN ('', '\.', 'x')));

-- Keys in rings: all NOT NULL and checked at once, one that may wait, and one within a table.
CREATE TABLE teams (id serial PRIMARY KEY, name text NOT NULL, lead_id integer NOT NULL);
CREATE TABLE people (id serial PRIMARY KEY, team_id integer NOT NULL REFERENCES teams, email text NOT NULL UNIQUE);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people;
CREATE TABLE hens (id bigserial PRIMARY KEY, egg_id bigint NOT NULL);
CREATE TABLE eggs (id bigserial PRIMARY KEY, hen_id bigint REFERENCES hens DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE hens ADD FOREIGN KEY (egg_id) REFERENCES eggs DEFERRABLE;
CREATE TABLE boxes (id smallserial PRIMARY KEY, inside smallint REFERENCES boxes, beside smallint REFERENCES boxes);

-- Nothing but what the server computes.
CREATE TABLE ticks (at timestamptz GENERATED ALWAYS AS ('2020-01-01 00:00:00+00'::timestamptz) STORED);

-- What COPY bypasses, what is cut into parts, what a trigger writes, a key that a trigger draws, and a falling sequence.
CREATE TABLE noted (id serial PRIMARY KEY, body text NOT NULL);
CREATE TABLE audit (id serial PRIMARY KEY, noted_id integer NOT NULL);
CREATE RULE note AS ON INSERT TO noted DO ALSO NOTIFY noted;
CREATE TABLE measured (id bigint NOT NULL, taken_on date NOT NULL, value numeric(6, 1)) PARTITION BY RANGE (taken_on);
CREATE TABLE measured_2024 PARTITION OF measured FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE measured_2025 PARTITION OF measured FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE posts (id serial PRIMARY KEY, title text NOT NULL, title_length integer);
CREATE FUNCTION measure() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF NEW.title = '''' THEN RAISE ''no title''; END IF; NEW.title_length := length(NEW.title); RETURN NEW; END';
CREATE TRIGGER measure BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION measure();
CREATE SEQUENCE falling INCREMENT BY -1 START WITH 1000 MAXVALUE 1000 MINVALUE 1;
CREATE TABLE countdown (id integer PRIMARY KEY DEFAULT nextval('falling'), word text NOT NULL);
ALTER SEQUENCE falling OWNED BY countdown.id;
