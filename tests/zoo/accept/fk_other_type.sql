-- References of a wider or narrower integer type than the key's.
CREATE TABLE small (id smallint PRIMARY KEY);
CREATE TABLE big (id bigserial PRIMARY KEY);
CREATE TABLE links (id serial PRIMARY KEY, s bigint NOT NULL REFERENCES small, b integer NOT NULL REFERENCES big);
