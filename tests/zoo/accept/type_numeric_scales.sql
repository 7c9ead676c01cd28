-- numeric with precision, with a scale above its digits, with a negative scale's cousin, and without either.
CREATE TABLE measurements (
    id bigint PRIMARY KEY,
    weight numeric(6,3) NOT NULL,
    share numeric(4,4) NOT NULL,
    whole numeric(5) NOT NULL,
    anything numeric NOT NULL,
    tiny numeric(1,1) NOT NULL
);
