-- Patterns for addresses and phone numbers, as people write them.
CREATE TABLE contacts (id serial PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email ~* '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$'),
    phone varchar(20) CHECK (phone ~ '^\+?[0-9 ()-]{7,20}$'),
    zip char(5) NOT NULL CHECK (zip ~ '^[0-9]{5}$'),
    at text NOT NULL CHECK (position('@' in at) > 1));
