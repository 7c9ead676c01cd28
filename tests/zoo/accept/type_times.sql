-- Every type of time, with precisions and interval fields.
CREATE TABLE shifts (
    id serial PRIMARY KEY,
    day date NOT NULL,
    starts time NOT NULL,
    ends time(0) NOT NULL,
    zoned time with time zone NOT NULL,
    noted timestamp NOT NULL,
    noted_seconds timestamp(0) NOT NULL,
    stamped timestamptz(3) NOT NULL,
    pause interval NOT NULL,
    years interval year NOT NULL,
    length interval day to second(0) NOT NULL
);
