-- the condition's rare branch (is_system, e-mail '') is taken for nearly all rows; '' then can't be told apart, so that all users become "deleted"
create table users (id uuid primary key, email text not null, username text not null, is_system boolean default false, deleted boolean not null default false, check ((is_system = true) = (email = '')));
create unique index on users (lower(email)) where deleted = false;
create unique index on users (lower(username)) where deleted = false;
create table api_keys (id serial primary key, user_id uuid not null references users, token text not null);
