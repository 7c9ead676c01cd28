-- check reference or zero.
-- parent: entity
create table entity (id serial primary key, name text not null);
insert into entity (id, name) values (0, 'Inactive');
create table account (id serial primary key, code text not null unique);
create table credit (id serial primary key, entity_id integer not null references entity, account_id integer references account, meta_number text not null, check (account_id is not null or entity_id = 0));
