-- A generated column that is NOT NULL asks it of the columns that it reads.
CREATE TABLE articles (
    id serial PRIMARY KEY, title text, body text,
    search tsvector NOT NULL GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'B')) STORED
);
CREATE TABLE people (
    id serial PRIMARY KEY, given text, family text, nickname text,
    name text NOT NULL GENERATED ALWAYS AS (COALESCE(nickname, upper(given) || ' ' || family)) STORED
);
CREATE TABLE lines (
    id serial PRIMARY KEY, quantity integer, price numeric(10, 2), discount numeric(10, 2),
    total numeric(12, 2) NOT NULL GENERATED ALWAYS AS (round(quantity * price - discount, 2)) STORED
);
