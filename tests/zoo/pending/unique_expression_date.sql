-- One report a day, by a cast.
CREATE TABLE reports (id serial PRIMARY KEY, made_at timestamp NOT NULL, note text);
CREATE UNIQUE INDEX ON reports ((made_at::date));
