-- A shop that a data pack knows: prices in order, narrow and unique names, slugs within a pattern, amounts in cents.
CREATE TYPE size_label AS ENUM ('S', 'M', 'L');
CREATE TABLE categories (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name varchar(14) NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    description varchar(30)
);
CREATE TABLE products (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id int NOT NULL REFERENCES categories,
    name varchar(30) NOT NULL,
    brand varchar(8) NOT NULL,
    sku char(10) NOT NULL UNIQUE,
    price numeric(8,2) NOT NULL CHECK (price > 0),
    sale_price_cents int,
    list_price numeric(8,2) NOT NULL,
    discount_price numeric(8,2),
    cost numeric(6,1) CHECK (cost < 50),
    size size_label NOT NULL,
    color text NOT NULL CHECK (color IN ('red', 'green')),
    description text NOT NULL CHECK (length(description) BETWEEN 10 AND 60),
    attributes jsonb NOT NULL CHECK (attributes ? 'brand'),
    UNIQUE (category_id, name),
    CHECK (discount_price < price),
    CHECK (list_price >= price AND list_price < 500)
);
CREATE UNIQUE INDEX products_by_name ON products (lower(name));
CREATE TABLE reviews (
    product_id int NOT NULL REFERENCES products,
    rating smallint NOT NULL CHECK (rating BETWEEN 2 AND 4),
    title varchar(12) NOT NULL,
    body text NOT NULL UNIQUE,
    PRIMARY KEY (product_id, rating)
);
CREATE TABLE coupons (
    code varchar(8) PRIMARY KEY CHECK (code = upper(code)),
    percent numeric(3,2) NOT NULL,
    name text NOT NULL
);
