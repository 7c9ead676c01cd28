-- One primary contact of each kind a company.
CREATE TABLE companies (id serial PRIMARY KEY);
CREATE TABLE contacts (id serial PRIMARY KEY, company integer NOT NULL REFERENCES companies, kind text NOT NULL CHECK (kind IN ('mail', 'phone')), main boolean NOT NULL);
CREATE UNIQUE INDEX ON contacts (company, kind) WHERE main;
