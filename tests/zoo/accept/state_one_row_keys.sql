-- One open row a parent, by states with moments and by a moment alone.
CREATE TABLE machines (id serial PRIMARY KEY);
CREATE TABLE runs (id serial PRIMARY KEY, machine integer NOT NULL REFERENCES machines, state text NOT NULL DEFAULT 'QUEUED', "startedAt" timestamp, "finishedAt" timestamp, "errorMessage" text);
CREATE UNIQUE INDEX ON runs (machine) WHERE "finishedAt" IS NULL;
CREATE TABLE leases (id serial PRIMARY KEY, machine integer NOT NULL REFERENCES machines, active boolean NOT NULL DEFAULT true, ended_at date);
CREATE UNIQUE INDEX ON leases (machine) WHERE active;
CREATE TABLE pages (id serial PRIMARY KEY, slug text NOT NULL, archived boolean NOT NULL DEFAULT false, archived_at timestamp, published_at timestamp, status text NOT NULL DEFAULT 'draft');
CREATE UNIQUE INDEX ON pages (slug) WHERE NOT archived;
CREATE UNIQUE INDEX ON pages (status) WHERE status = 'scheduled';
