-- sequence text default.
create sequence lot_tracking_number;
create table lots (id serial primary key, lot_number text not null unique default nextval('lot_tracking_number')::text, quantity numeric not null);
