-- A reference of two columns to a composite primary key.
CREATE TABLE flights (airline char(2), number smallint, PRIMARY KEY (airline, number));
CREATE TABLE departures (id serial PRIMARY KEY, airline char(2) NOT NULL, number smallint NOT NULL, day date NOT NULL,
    FOREIGN KEY (airline, number) REFERENCES flights);
