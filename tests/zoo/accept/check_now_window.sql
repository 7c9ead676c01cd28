-- Moments in a window around now.
CREATE TABLE events (id serial PRIMARY KEY, at timestamptz NOT NULL CHECK (at <= now()), noted timestamptz NOT NULL, CHECK (noted > now() - interval '1 year'), CHECK (noted <= now()), CHECK (at <= noted));
CREATE TABLE invites (id serial PRIMARY KEY, sent date NOT NULL DEFAULT CURRENT_DATE CHECK (sent <= CURRENT_DATE), expires date NOT NULL CHECK (expires >= CURRENT_DATE - 3650), CHECK (expires > sent + 7));
