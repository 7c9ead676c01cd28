-- Of age, by several spellings.
CREATE TABLE drivers (id serial PRIMARY KEY, born date NOT NULL CHECK (born < current_date - interval '18 years'), licensed date NOT NULL CHECK (licensed <= current_date), CHECK (age(born) < interval '120 years'));
