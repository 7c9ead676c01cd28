-- Keys of columns whose defaults are the same in every row: who is logged in, a constant, the day.
CREATE TABLE current_languages (pk serial PRIMARY KEY, db_user name NOT NULL UNIQUE DEFAULT CURRENT_USER, lang text NOT NULL);
CREATE TABLE slots (id serial PRIMARY KEY, label text NOT NULL DEFAULT 'main', UNIQUE (label));
CREATE TABLE days (id serial PRIMARY KEY, held_on date NOT NULL DEFAULT CURRENT_DATE UNIQUE, owner text NOT NULL DEFAULT session_user);
CREATE TABLE sessions (id serial PRIMARY KEY, pid integer NOT NULL DEFAULT pg_backend_pid() UNIQUE);
CREATE TABLE grants (id serial PRIMARY KEY, grantee name NOT NULL DEFAULT CURRENT_USER, object text NOT NULL, UNIQUE (grantee, object));
