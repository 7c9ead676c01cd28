-- A key within a wider key.
CREATE TABLE rows (id serial PRIMARY KEY, tenant integer NOT NULL, code text NOT NULL UNIQUE, UNIQUE (tenant, id), UNIQUE (tenant, code));
