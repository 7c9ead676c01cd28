-- citext keys differ in more than case.
-- extension: citext
CREATE EXTENSION citext;
CREATE TABLE nicks (nick citext PRIMARY KEY);
CREATE TABLE domains (id serial PRIMARY KEY, host citext NOT NULL, path citext NOT NULL, UNIQUE (host, path));
