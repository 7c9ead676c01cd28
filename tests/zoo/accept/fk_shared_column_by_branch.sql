-- A comment is on an order or on a product, each of its own organization, and its author is a member there.
CREATE TABLE organizations (id serial PRIMARY KEY);
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE members (organization_id integer NOT NULL REFERENCES organizations, user_id integer NOT NULL REFERENCES users, PRIMARY KEY (organization_id, user_id));
CREATE TABLE orders (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations, UNIQUE (organization_id, id));
CREATE TABLE products (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations, UNIQUE (organization_id, id));
CREATE TABLE comments (
    id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations,
    subject text NOT NULL CHECK (subject IN ('order', 'product')), order_id integer, product_id integer, author_id integer NOT NULL,
    CHECK (num_nonnulls(order_id, product_id) = 1), CHECK ((subject = 'order') = (order_id IS NOT NULL)),
    FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id),
    FOREIGN KEY (organization_id, product_id) REFERENCES products (organization_id, id),
    FOREIGN KEY (organization_id, author_id) REFERENCES members
);
