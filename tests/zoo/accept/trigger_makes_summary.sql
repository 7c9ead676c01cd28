-- the summary has no foreign key, so it may be loaded before the table whose trigger writes it: then the TRIGGER's insert collides and blames the wrong table
create table a_summary (post_id integer primary key, words integer not null default 0);
create table posts (id serial primary key, title text not null, body text not null);
create table replies (id serial primary key, post_id integer not null references posts, body text not null);
create function summarise() returns trigger language plpgsql as $$ begin insert into a_summary values (new.id, length(new.body)); return new; end $$;
create trigger t after insert on posts for each row execute function summarise();
