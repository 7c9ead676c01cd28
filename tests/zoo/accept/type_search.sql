-- Text search documents and queries.
CREATE TABLE pages (id serial PRIMARY KEY, words tsvector NOT NULL, saved_query tsquery NOT NULL);
