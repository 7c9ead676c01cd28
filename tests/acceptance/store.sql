-- A store as one grows over the years: forty tables in four schemas, keys that nobody declared, a trigger or two.
CREATE SCHEMA hr;
CREATE SCHEMA billing;
CREATE SCHEMA audit;
CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped', 'completed', 'cancelled', 'refunded');
CREATE TYPE customer_kind AS ENUM ('person', 'company');

CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, full_name text NOT NULL,
    is_verified boolean NOT NULL DEFAULT false, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE TABLE user_settings (user_id bigint PRIMARY KEY REFERENCES users, settings jsonb NOT NULL DEFAULT '{}');
CREATE TABLE addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, street text NOT NULL,
    city text NOT NULL, postal_code text NOT NULL, country_code char(2) NOT NULL REFERENCES countries,
    is_default boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX one_default_address ON addresses (user_id) WHERE is_default;
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, phone text NOT NULL,
    kind customer_kind NOT NULL DEFAULT 'person', street text NOT NULL, city text NOT NULL, state text, postal_code text NOT NULL,
    country text NOT NULL, currency char(3) NOT NULL, employees integer CHECK (employees > 0),
    created_at timestamptz NOT NULL DEFAULT now(), CHECK ((kind = 'company') = (employees IS NOT NULL))
);
CREATE TABLE contacts (
    id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, full_name text NOT NULL, email text NOT NULL
);
CREATE TABLE categories (
    id serial PRIMARY KEY, parent_id integer REFERENCES categories, name text NOT NULL, slug text NOT NULL UNIQUE
);
CREATE TABLE brands (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE suppliers (
    id serial PRIMARY KEY, company_name text NOT NULL, country text NOT NULL, city text NOT NULL, phone text NOT NULL
);
CREATE TABLE products (
    id serial PRIMARY KEY, category_id integer NOT NULL REFERENCES categories, brand_id integer REFERENCES brands,
    supplier_id integer REFERENCES suppliers, sku text NOT NULL UNIQUE, name text NOT NULL, description text,
    price numeric(10, 2) NOT NULL CHECK (price > 0), cost numeric(10, 2), is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(), CHECK (cost IS NULL OR cost < price)
);
CREATE TABLE product_images (id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, url text NOT NULL);
CREATE TABLE product_variants (
    id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, sku text NOT NULL UNIQUE, colour text
);
CREATE TABLE tags (id serial PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE product_tags (
    product_id integer NOT NULL REFERENCES products, tag_id integer NOT NULL REFERENCES tags, PRIMARY KEY (product_id, tag_id)
);
CREATE TABLE reviews (
    id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, user_id bigint NOT NULL REFERENCES users,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5), title text, body text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (product_id, user_id)
);
CREATE TABLE wishlists (id serial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, name text NOT NULL);
CREATE TABLE wishlist_items (
    wishlist_id integer NOT NULL REFERENCES wishlists, product_id integer NOT NULL REFERENCES products,
    PRIMARY KEY (wishlist_id, product_id)
);
CREATE TABLE warehouses (id serial PRIMARY KEY, name text NOT NULL, city text NOT NULL, country_code char(2) REFERENCES countries);
CREATE TABLE stock_levels (
    warehouse_id integer NOT NULL REFERENCES warehouses, product_id integer NOT NULL REFERENCES products,
    quantity integer NOT NULL CHECK (quantity >= 0), PRIMARY KEY (warehouse_id, product_id)
);
CREATE TABLE stock_movements (
    id bigserial PRIMARY KEY, warehouse_id integer NOT NULL, product_id integer NOT NULL, delta integer NOT NULL CHECK (delta <> 0),
    moved_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE carts (id serial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE cart_items (
    cart_id integer NOT NULL REFERENCES carts, product_id integer NOT NULL REFERENCES products,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 20), PRIMARY KEY (cart_id, product_id)
);
CREATE TABLE coupons (
    id serial PRIMARY KEY, code text NOT NULL UNIQUE CHECK (code = upper(code)), percent_off integer CHECK (percent_off BETWEEN 1 AND 90),
    amount_off numeric(8, 2) CHECK (amount_off > 0), CHECK (num_nonnulls(percent_off, amount_off) = 1)
);
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers,
    coupon_id integer REFERENCES coupons, status order_status NOT NULL DEFAULT 'pending', placed_at timestamptz NOT NULL DEFAULT now(),
    shipped_at timestamptz, completed_at timestamptz, total numeric(12, 2) NOT NULL CHECK (total >= 0),
    CHECK (shipped_at >= placed_at), CHECK (completed_at >= shipped_at)
);
CREATE TABLE order_items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    product_id integer NOT NULL REFERENCES products, quantity integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(10, 2) NOT NULL CHECK (unit_price > 0), line_total numeric(12, 2) NOT NULL, UNIQUE (order_id, product_id)
);
CREATE TABLE shipments (
    id serial PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, carrier text NOT NULL, tracking_number text NOT NULL UNIQUE,
    shipped_at timestamptz NOT NULL
);
CREATE TABLE returns (id serial PRIMARY KEY, order_item_id bigint NOT NULL REFERENCES order_items, reason text NOT NULL);
CREATE TABLE tickets (
    id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, subject text NOT NULL, body text NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'waiting', 'resolved', 'closed')), priority text NOT NULL
        CHECK (priority IN ('low', 'normal', 'high', 'urgent')), created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE ticket_messages (id serial PRIMARY KEY, ticket_id integer NOT NULL REFERENCES tickets, body text NOT NULL);
CREATE TABLE newsletters (id serial PRIMARY KEY, subject text NOT NULL, sent_at timestamptz);
CREATE TABLE subscriptions (user_id bigint REFERENCES users, newsletter_id integer REFERENCES newsletters, PRIMARY KEY (user_id, newsletter_id));

CREATE TABLE billing.payment_methods (
    id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES public.customers, kind text NOT NULL CHECK (kind IN ('card', 'bank', 'wallet'))
);
CREATE TABLE billing.invoices (
    id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES public.customers, number text NOT NULL UNIQUE,
    status text NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'overdue', 'void')), issued_on date NOT NULL,
    due_on date NOT NULL, amount numeric(12, 2) NOT NULL CHECK (amount > 0), CHECK (due_on >= issued_on)
);
CREATE TABLE billing.payments (
    id serial PRIMARY KEY, invoice_id integer NOT NULL REFERENCES billing.invoices, amount numeric(12, 2) NOT NULL CHECK (amount > 0),
    paid_at timestamptz NOT NULL
);
CREATE TABLE billing.refunds (id serial PRIMARY KEY, payment_id integer NOT NULL REFERENCES billing.payments, amount numeric(12, 2) NOT NULL CHECK (amount > 0));

CREATE TABLE hr.departments (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE hr.employees (
    id serial PRIMARY KEY, department_id integer NOT NULL REFERENCES hr.departments, manager_id integer REFERENCES hr.employees,
    first_name text NOT NULL, last_name text NOT NULL, email text NOT NULL UNIQUE, hired_on date NOT NULL, salary numeric(10, 2) NOT NULL CHECK (salary > 0),
    CHECK (manager_id <> id)
);
CREATE TABLE hr.leave_requests (
    id serial PRIMARY KEY, employee_id integer NOT NULL REFERENCES hr.employees, starts_on date NOT NULL, ends_on date NOT NULL CHECK (ends_on >= starts_on)
);

CREATE TABLE audit.events (id bigserial PRIMARY KEY, actor_id bigint, action text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE audit.logins (id bigserial PRIMARY KEY, user_id bigint NOT NULL, ip inet, at timestamptz NOT NULL DEFAULT now());

CREATE FUNCTION touch_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'cancelled' AND NEW.completed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a cancelled order is not completed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER touch_order BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch_order();
