-- Things of a data pack by the category and the brand that they point at, with names that are theirs alone, stored parents
-- and a category that must be one of a list.
CREATE TABLE categories (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    parent_id int REFERENCES categories
);
CREATE TABLE brands (name varchar(30) PRIMARY KEY);
CREATE TABLE products (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id int NOT NULL REFERENCES categories,
    brand varchar(30) REFERENCES brands,
    name text NOT NULL UNIQUE,
    slug varchar(60) NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
    price numeric(8,2) NOT NULL,
    attributes jsonb NOT NULL
);
CREATE TABLE shop_items (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department text NOT NULL CHECK (department IN ('electronics', 'toys', 'shoes', 'other')),
    color text CHECK (color IN ('black', 'white') OR department = 'toys'),
    brand text REFERENCES brands,
    name varchar(40) NOT NULL,
    sku char(12) NOT NULL UNIQUE,
    price numeric(8,2) NOT NULL,
    cost numeric(8,2) NOT NULL CHECK (cost < price)
);
