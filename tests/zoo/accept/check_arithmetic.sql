-- A total that is the sum of its parts, and a product.
CREATE TABLE bills (id serial PRIMARY KEY, net numeric(10,2) NOT NULL CHECK (net >= 0), tax numeric(10,2) NOT NULL CHECK (tax >= 0), gross numeric(11,2) NOT NULL, CHECK (gross = net + tax));
