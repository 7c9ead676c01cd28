-- Text of every kind, down to a single character.
CREATE TABLE labels (
    id serial PRIMARY KEY,
    title text NOT NULL,
    short varchar(2) NOT NULL,
    initial char NOT NULL,
    country char(2) NOT NULL,
    tag varchar NOT NULL,
    ident name NOT NULL,
    letter "char" NOT NULL
);
