CREATE TABLE coupons (
    id serial PRIMARY KEY,
    code text NOT NULL CHECK (code = upper(code) AND length(code) BETWEEN 4 AND 20),
    percent numeric(5, 2) CHECK (percent > 0 AND percent <= 100),
    amount numeric(8, 2) CHECK (amount > 0),
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT coupons_one_discount CHECK (num_nonnulls(percent, amount) = 1)
);
CREATE UNIQUE INDEX coupons_code_active ON coupons (code) WHERE active;
