-- Admissions may be open, then without an outcome, and an exclusion lets no two of a patient meet.
-- extension: btree_gist
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE patients (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE admissions (
    id serial PRIMARY KEY, patient_id integer NOT NULL REFERENCES patients, admitted_at timestamptz NOT NULL,
    discharged_at timestamptz, outcome text CHECK (outcome IN ('home', 'transfer', 'deceased')),
    during tstzrange GENERATED ALWAYS AS (tstzrange(admitted_at, discharged_at)) STORED,
    CHECK (discharged_at > admitted_at), CHECK ((discharged_at IS NULL) = (outcome IS NULL)),
    EXCLUDE USING gist (patient_id WITH =, during WITH &&)
);
CREATE UNIQUE INDEX one_open ON admissions (patient_id) WHERE discharged_at IS NULL;
CREATE TABLE stays (
    id serial PRIMARY KEY, room integer NOT NULL, state text NOT NULL CHECK (state IN ('open', 'over', 'cancelled')),
    begins date NOT NULL, ends date, CHECK ((state = 'open') = (ends IS NULL)), CHECK (ends > begins),
    EXCLUDE USING gist (room WITH =, daterange(begins, ends) WITH &&)
);
CREATE TABLE leases (
    flat integer NOT NULL, begins date NOT NULL, ends date, notice_given_on date CHECK (notice_given_on >= begins),
    CHECK (ends > begins), CHECK (notice_given_on IS NULL OR ends IS NOT NULL),
    EXCLUDE USING gist (flat WITH =, daterange(begins, ends) WITH &&)
);
