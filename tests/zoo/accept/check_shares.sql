-- Shares of a whole: of hundred per cent as numbers with a fraction, of one as floating-point numbers, at most the whole.
CREATE TABLE allocations (id serial PRIMARY KEY, equity numeric(5,2) NOT NULL CHECK (equity BETWEEN 0 AND 100), bonds numeric(5,2) NOT NULL CHECK (bonds BETWEEN 0 AND 100),
    cash numeric(5,2) NOT NULL CHECK (cash BETWEEN 0 AND 100), other numeric(5,2) NOT NULL DEFAULT 0 CHECK (other >= 0), CHECK (equity + bonds + cash + other = 100));
CREATE TABLE odds (id serial PRIMARY KEY, home double precision NOT NULL, draw double precision NOT NULL, away double precision NOT NULL,
    CHECK (home >= 0 AND draw >= 0 AND away >= 0), CHECK (home + draw + away = 1.0));
CREATE TABLE weights (id serial PRIMARY KEY, a real NOT NULL CHECK (a > 0), b real NOT NULL CHECK (b > 0), CHECK (a + b <= 1));
