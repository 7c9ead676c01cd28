-- A shop of forty tables, all in one schema.
CREATE TYPE order_status AS ENUM ('draft', 'pending', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded');

CREATE TABLE customer_groups (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE customers (
    id bigint PRIMARY KEY, group_id int REFERENCES customer_groups, email text NOT NULL UNIQUE, full_name text NOT NULL,
    phone text, customer_type text NOT NULL CHECK (customer_type IN ('individual', 'company')),
    is_verified boolean NOT NULL DEFAULT false, is_active boolean NOT NULL DEFAULT true, marketing_opt_in boolean,
    deleted_at timestamptz, created_at timestamptz NOT NULL
);
CREATE TABLE addresses (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, street text NOT NULL, city text NOT NULL,
    postal_code text, country_code char(2) NOT NULL, is_default boolean NOT NULL
);
CREATE TABLE categories (id serial PRIMARY KEY, parent_id int REFERENCES categories, name text NOT NULL, slug text);
CREATE TABLE brands (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE suppliers (id serial PRIMARY KEY, name text NOT NULL, contact_email text, country_code char(2));
CREATE TABLE products (
    id bigint PRIMARY KEY, category_id int REFERENCES categories, brand_id int REFERENCES brands,
    supplier_id int REFERENCES suppliers, name text NOT NULL, description text, price numeric(10, 2) NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'active', 'discontinued')), is_featured boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TABLE product_variants (id bigint PRIMARY KEY, product_id bigint NOT NULL REFERENCES products, sku text UNIQUE);
CREATE TABLE product_images (id bigint PRIMARY KEY, product_id bigint NOT NULL REFERENCES products, url text);
CREATE TABLE tags (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE product_tags (
    product_id bigint NOT NULL REFERENCES products, tag_id int NOT NULL REFERENCES tags, PRIMARY KEY (product_id, tag_id)
);
CREATE TABLE warehouses (id serial PRIMARY KEY, name text NOT NULL, city text);
CREATE TABLE stock_levels (
    warehouse_id int NOT NULL REFERENCES warehouses, variant_id bigint NOT NULL REFERENCES product_variants,
    quantity int NOT NULL, PRIMARY KEY (warehouse_id, variant_id)
);
CREATE TABLE carts (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, created_at timestamptz NOT NULL);
CREATE TABLE cart_items (
    id bigint PRIMARY KEY, cart_id bigint NOT NULL REFERENCES carts, variant_id bigint NOT NULL REFERENCES product_variants,
    quantity int NOT NULL
);
CREATE TABLE orders (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, status order_status NOT NULL,
    currency char(3) NOT NULL CHECK (currency IN ('EUR', 'USD', 'GBP')), total_amount numeric(12, 2) NOT NULL,
    is_gift boolean NOT NULL, note text, placed_at timestamptz NOT NULL, shipped_at timestamptz
);
CREATE TABLE order_items (
    id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, variant_id bigint NOT NULL REFERENCES product_variants,
    quantity int NOT NULL, unit_price numeric(10, 2) NOT NULL
);
CREATE TABLE order_status_history (
    id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, status order_status NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE TABLE payments (
    id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, amount numeric(12, 2) NOT NULL,
    method text NOT NULL CHECK (method IN ('card', 'paypal', 'bank_transfer')),
    status text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')), paid_at timestamptz
);
CREATE TABLE refunds (
    id bigint PRIMARY KEY, payment_id bigint NOT NULL REFERENCES payments, amount numeric(12, 2) NOT NULL, reason text
);
CREATE TABLE invoices (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, order_id bigint REFERENCES orders,
    status text NOT NULL CHECK (status IN ('open', 'paid', 'overdue', 'void')), total numeric(12, 2) NOT NULL,
    due_date date NOT NULL, issued_at timestamptz NOT NULL
);
CREATE TABLE invoice_lines (id bigint PRIMARY KEY, invoice_id bigint NOT NULL REFERENCES invoices, amount numeric(12, 2));
CREATE TABLE carriers (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE shipments (
    id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, carrier_id int NOT NULL REFERENCES carriers,
    status text NOT NULL CHECK (status IN ('label_created', 'in_transit', 'delivered', 'lost')), shipped_at timestamptz
);
CREATE TABLE shipment_items (
    shipment_id bigint NOT NULL REFERENCES shipments, order_item_id bigint NOT NULL REFERENCES order_items,
    PRIMARY KEY (shipment_id, order_item_id)
);
CREATE TABLE returns (
    id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, reason text,
    status text NOT NULL CHECK (status IN ('requested', 'approved', 'rejected', 'received'))
);
CREATE TABLE return_items (id bigint PRIMARY KEY, return_id bigint NOT NULL REFERENCES returns, quantity int NOT NULL);
CREATE TABLE coupons (id serial PRIMARY KEY, code text NOT NULL UNIQUE, is_active boolean NOT NULL, expires_at timestamptz);
CREATE TABLE coupon_redemptions (
    id bigint PRIMARY KEY, coupon_id int NOT NULL REFERENCES coupons, order_id bigint NOT NULL REFERENCES orders
);
CREATE TABLE gift_cards (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, balance numeric(10, 2) NOT NULL);
CREATE TABLE reviews (
    id bigint PRIMARY KEY, product_id bigint NOT NULL REFERENCES products, customer_id bigint NOT NULL REFERENCES customers,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5), body text, created_at timestamptz NOT NULL
);
CREATE TABLE review_votes (
    review_id bigint NOT NULL REFERENCES reviews, customer_id bigint NOT NULL REFERENCES customers,
    PRIMARY KEY (review_id, customer_id)
);
CREATE TABLE wishlists (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, name text);
CREATE TABLE wishlist_items (
    wishlist_id bigint NOT NULL REFERENCES wishlists, product_id bigint NOT NULL REFERENCES products,
    PRIMARY KEY (wishlist_id, product_id)
);
CREATE TABLE newsletter_subscribers (id bigint PRIMARY KEY, email text NOT NULL, unsubscribed_at timestamptz);
CREATE TABLE stores (id serial PRIMARY KEY, name text NOT NULL, city text NOT NULL);
CREATE TABLE employees (
    id bigint PRIMARY KEY, store_id int REFERENCES stores, full_name text NOT NULL,
    role text NOT NULL CHECK (role IN ('cashier', 'manager', 'support'))
);
CREATE TABLE support_tickets (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, assignee_id bigint REFERENCES employees,
    priority text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    status text NOT NULL CHECK (status IN ('open', 'in_progress', 'waiting', 'closed')), created_at timestamptz NOT NULL
);
CREATE TABLE ticket_messages (id bigint PRIMARY KEY, ticket_id bigint NOT NULL REFERENCES support_tickets, body text NOT NULL);
CREATE TABLE tax_rates (id serial PRIMARY KEY, country_code char(2) NOT NULL, percent numeric(5, 2) NOT NULL);
CREATE TABLE audit_logs (id bigint PRIMARY KEY, actor text, action text NOT NULL, at timestamptz NOT NULL);
