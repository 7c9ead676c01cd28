-- Use within a quota that may be without bound.
CREATE TABLE accounts (id serial PRIMARY KEY, used bigint NOT NULL DEFAULT 0 CHECK (used >= 0), quota bigint, CHECK (quota IS NULL OR used <= quota));
CREATE TABLE coupons (id serial PRIMARY KEY, uses integer NOT NULL DEFAULT 0, max_uses integer CHECK (max_uses > 0), CHECK (uses <= max_uses OR max_uses IS NULL), CHECK (uses >= 0));
CREATE TABLE limits (id serial PRIMARY KEY, minimum smallint DEFAULT 1 CHECK (minimum >= 1), maximum smallint DEFAULT 10 CHECK (maximum <= 20), CHECK (minimum <= maximum), CHECK (maximum - minimum >= 3));
CREATE TABLE seats (id serial PRIMARY KEY, capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 500), taken integer NOT NULL DEFAULT 0, held integer NOT NULL DEFAULT 0,
    CHECK (taken >= 0), CHECK (held >= 0), CHECK (taken + held <= capacity));
