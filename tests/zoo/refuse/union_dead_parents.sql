-- A row belongs to one of two tables, and both can hold nothing.
-- unsatisfiable: users = users_never
-- unsatisfiable: teams = teams_never, teams.id NOT NULL
-- unsatisfiable: keys = keys_either, keys_user_fkey, keys_team_fkey, users_never of public.users, teams_never of public.teams, teams.id NOT NULL
CREATE TABLE users (id serial PRIMARY KEY, CONSTRAINT users_never CHECK (false));
CREATE TABLE teams (id serial PRIMARY KEY, CONSTRAINT teams_never CHECK (id IS NULL));
CREATE TABLE keys (
    id serial PRIMARY KEY,
    "user" integer CONSTRAINT keys_user_fkey REFERENCES users,
    team integer CONSTRAINT keys_team_fkey REFERENCES teams,
    CONSTRAINT keys_either CHECK (num_nonnulls("user", team) = 1)
);
