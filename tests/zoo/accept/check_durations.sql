-- Moments a least and a greatest time apart, as intervals and as numbers.
CREATE TABLE meetings (id serial PRIMARY KEY, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, CHECK (ends_at > starts_at + interval '15 minutes'), CHECK (ends_at - starts_at <= interval '8 hours'));
CREATE TABLE shifts (id serial PRIMARY KEY, began timestamp NOT NULL, ended timestamp, CHECK (ended IS NULL OR ended > began), CHECK (extract(epoch FROM (ended - began)) / 3600 <= 12));
CREATE TABLE leases (id serial PRIMARY KEY, signed date NOT NULL, expires date NOT NULL, CHECK (expires >= signed + interval '1 year'), CHECK (expires <= signed + interval '5 years'));
CREATE TABLE trials (id serial PRIMARY KEY, began_at timestamptz NOT NULL, until date NOT NULL, CHECK (until > began_at), CHECK (until - 30 <= began_at));
CREATE TABLE members (id serial PRIMARY KEY, born date NOT NULL, joined date NOT NULL, CHECK (age(joined::timestamp, born::timestamp) >= interval '18 years'), CHECK (joined <= CURRENT_DATE));
CREATE TABLE rounds (id serial PRIMARY KEY, starts_at timestamptz NOT NULL, minutes integer NOT NULL CHECK (minutes BETWEEN 5 AND 90), ends_at timestamptz NOT NULL, CHECK (ends_at = starts_at + minutes * interval '1 minute'));
CREATE TABLE opening (id serial PRIMARY KEY, opens time NOT NULL, closes time NOT NULL, CHECK (opens < closes), CHECK (closes - opens >= interval '1 hour'));
