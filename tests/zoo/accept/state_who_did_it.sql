-- Who did something and when: by a state, by the moment beside it, by a key that points back, and among stored rows.
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text NOT NULL, team_id bigint);
CREATE TABLE teams (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
    archived_at timestamptz, archived_by bigint REFERENCES users
);
ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams;
CREATE TABLE invitations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('Pending', 'Accepted', 'Expired', 'Revoked')),
    accepted_user_id bigint REFERENCES users,
    revoked_at timestamptz, revoked_by bigint UNIQUE REFERENCES users,
    CHECK (accepted_user_id IS NULL OR status <> 'Pending')
);
