-- Exactly one of three references.
CREATE TABLE posts (id serial PRIMARY KEY);
CREATE TABLE photos (id serial PRIMARY KEY);
CREATE TABLE videos (id serial PRIMARY KEY);
CREATE TABLE likes (id serial PRIMARY KEY, post integer REFERENCES posts, photo integer REFERENCES photos, video integer REFERENCES videos,
    CHECK (num_nonnulls(post, photo, video) = 1));
