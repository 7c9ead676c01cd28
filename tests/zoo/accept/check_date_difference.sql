-- At most thirty days between two dates.
CREATE TABLE stays (id serial PRIMARY KEY, arrival date NOT NULL, departure date NOT NULL, CHECK (departure > arrival), CHECK (departure - arrival <= 30));
