-- bytea, bit and varbit.
CREATE TABLE flags (id serial PRIMARY KEY, payload bytea NOT NULL, mask bit(8) NOT NULL, one bit NOT NULL,
    few bit varying(12) NOT NULL, many bit varying NOT NULL);
