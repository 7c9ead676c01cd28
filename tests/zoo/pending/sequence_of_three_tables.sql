-- one sequence numbers three tables, and a trigger of each writes the id into a register of all
-- rows: register=90
create sequence id;
create table register (id integer primary key, table_name text not null, approved_on date);
create table sales (id integer primary key default nextval('id'), number text not null, amount numeric(10,2));
create table purchases (id integer primary key default nextval('id'), number text not null, amount numeric(10,2));
create table journal (id integer primary key default nextval('id'), memo text, posted_on date default current_date);
create function track() returns trigger language plpgsql as $$ begin if tg_op = 'INSERT' then insert into register (id, table_name) values (new.id, tg_relname); elsif new.id <> old.id then update register set id = new.id where id = old.id; end if; return new; end $$;
create trigger t before insert or update on sales for each row execute function track();
create trigger t before insert or update on purchases for each row execute function track();
create trigger t before insert or update on journal for each row execute function track();
