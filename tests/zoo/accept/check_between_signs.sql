-- check between signs.
create table invoice (id serial primary key, qty numeric not null, allocated numeric default 0, check (((allocated * ('-1'::integer)::numeric) >= least(0::numeric, qty)) and ((allocated * ('-1'::integer)::numeric) <= greatest(qty, 0::numeric))));
