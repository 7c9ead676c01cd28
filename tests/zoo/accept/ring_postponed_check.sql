-- A ring is opened at a nullable reference that a CHECK wants; a row that is postponed as NULL must keep the CHECK.
create table account (id serial primary key, code text not null unique, tax_credit_id integer);
create table credit (id serial primary key, entity_id integer not null, account_id integer references account, number text not null, check (account_id is not null or entity_id = 0));
alter table account add constraint account_tax foreign key (tax_credit_id) references credit not valid;
alter table account validate constraint account_tax;
create table lines (id serial primary key, credit_id integer not null references credit, amount numeric not null);
