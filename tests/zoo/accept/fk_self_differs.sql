-- A tree where no row may be its own parent.
CREATE TABLE comments (id serial PRIMARY KEY, reply_to integer REFERENCES comments CHECK (reply_to <> id), body text NOT NULL);
