-- All of three columns or none.
CREATE TABLE addresses (id serial PRIMARY KEY, street text, zip text, city text,
    CHECK ((street IS NULL AND zip IS NULL AND city IS NULL) OR (street IS NOT NULL AND zip IS NOT NULL AND city IS NOT NULL)));
