-- one sequence numbers three tables, and a trigger of each writes the id into a register of all
-- rows: register=90, entries=60
-- volatile: entries
-- free: entries
create sequence id;
create table register (id integer primary key, table_name text not null, approved_on date);
create table sales (id integer primary key default nextval('id'), number text not null, amount numeric(10,2));
create table purchases (id integer primary key default nextval('id'), number text not null, amount numeric(10,2));
create table journal (id integer primary key default nextval('id'), memo text, posted_on date default current_date);
create function track() returns trigger language plpgsql as $$ begin if tg_op = 'INSERT' then insert into register (id, table_name) values (new.id, tg_relname); elsif new.id <> old.id then update register set id = new.id where id = old.id; end if; return new; end $$;
create trigger t before insert or update on sales for each row execute function track();
create trigger t before insert or update on purchases for each row execute function track();
create trigger t before insert or update on journal for each row execute function track();
-- the same with bigints, and with a type's name in the register, where the rows of one table are its parents
create table entries (id bigint primary key, kind text not null, created_at timestamptz not null default now());
create sequence entry_ids increment by 10;
create table photos (id bigint primary key default nextval('entry_ids'), title text);
create table albums (id bigint primary key default nextval('entry_ids'), name text not null, cover bigint references photos);
create function register_entry() returns trigger language plpgsql as $$ begin insert into entries values (new.id, tg_argv[0]); return null; end $$;
create trigger r after insert on photos for each row execute function register_entry('photo');
create trigger r after insert on albums for each row execute function register_entry('album');
