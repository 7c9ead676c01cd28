BEGIN;
CREATE TABLE categories (
    id serial PRIMARY KEY,
    parent_id integer REFERENCES categories,
    name text NOT NULL,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT categories_not_own_parent CHECK (parent_id <> id)
);
CREATE TABLE product_categories (
    product_id integer NOT NULL REFERENCES products ON DELETE CASCADE,
    category_id integer NOT NULL REFERENCES categories,
    PRIMARY KEY (product_id, category_id)
);
COMMIT;
