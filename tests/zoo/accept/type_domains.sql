-- Domains over domains, with defaults, NOT NULL and checks of their own.
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN rating AS positive CHECK (VALUE <= 5);
CREATE DOMAIN code AS varchar(8) NOT NULL CHECK (VALUE ~ '^[A-Z]{3}-[0-9]{2,4}$');
CREATE DOMAIN share AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN note AS text DEFAULT 'none';
CREATE TABLE reviews (id serial PRIMARY KEY, stars rating NOT NULL, product code, percent share, remark note NOT NULL);
