-- Every built-in range and multirange.
CREATE TABLE spans (
    id serial PRIMARY KEY,
    a int4range NOT NULL, b int8range NOT NULL, c numrange NOT NULL, d tsrange NOT NULL, e tstzrange NOT NULL,
    f daterange NOT NULL, ma int4multirange NOT NULL, mb int8multirange NOT NULL, mc nummultirange NOT NULL,
    md tsmultirange NOT NULL, me tstzmultirange NOT NULL, mf datemultirange NOT NULL
);
