-- A range inside another column's, and one inside two columns.
CREATE TABLE shifts (id serial PRIMARY KEY, open tstzrange NOT NULL CHECK (NOT isempty(open)),
    break tstzrange NOT NULL CHECK (break <@ open),
    first date NOT NULL, last date NOT NULL, CHECK (first < last),
    away daterange NOT NULL CHECK (away <@ daterange(first, last)),
    held int4range NOT NULL, seat integer NOT NULL, CHECK (held @> seat));
