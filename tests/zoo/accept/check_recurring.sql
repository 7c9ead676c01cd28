-- Values that recur: distinct ones, lists of remainders, none of some days, together with bounds, order and NULL.
CREATE TABLE billing (id serial PRIMARY KEY, month date NOT NULL UNIQUE CHECK (month = date_trunc('month', month)::date), paid date CHECK (extract(dow FROM paid) NOT IN (0, 6)), due date, CHECK (due > month));
CREATE TABLE shifts (id serial PRIMARY KEY, opens time NOT NULL CHECK (extract(minute FROM opens) = 0 AND extract(second FROM opens) = 0), closes time NOT NULL, CHECK (closes > opens));
CREATE TABLE lots (id serial PRIMARY KEY, number integer NOT NULL UNIQUE CHECK (number % 10 IN (1, 2, 3)), weight numeric(8,3) NOT NULL CHECK (mod(weight, 0.125) = 0), total integer CHECK (total % 100 = 0 AND total BETWEEN 1000 AND 5000));
CREATE TABLE quarters (id serial PRIMARY KEY, begins timestamp NOT NULL CHECK (begins = date_trunc('quarter', begins)), ends timestamp NOT NULL, CHECK (ends > begins), day timestamptz CHECK (day = date_trunc('day', day)));
