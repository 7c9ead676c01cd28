-- Functions in CHECKs that decide step by step, raise an error, keep a variable, or call one another.
CREATE FUNCTION public.in_range(n integer, low integer, high integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 BETWEEN $2 AND high';
CREATE FUNCTION public.valid_discount(kind text, amount numeric) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    folded text := lower(kind);
BEGIN
    IF amount IS NULL THEN RETURN true; END IF;
    IF amount < 0 THEN
        RAISE EXCEPTION 'a discount is not negative';
    END IF;
    IF folded = 'percent' THEN
        RETURN amount <= 100;
    ELSIF folded = 'fixed' THEN
        RETURN amount <= 5000;
    ELSE
        RETURN false;
    END IF;
END $$;
CREATE FUNCTION public.valid_period(starts date, ends date) RETURNS boolean IMMUTABLE RETURN ends IS NULL OR ends > starts;
CREATE FUNCTION public.valid_rating(n integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN in_range(n, 1, 5); END $$;
CREATE TABLE coupons (
    id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('percent', 'fixed')), amount numeric(8, 2) NOT NULL,
    starts date NOT NULL, ends date,
    CHECK (valid_discount(kind, amount)), CONSTRAINT period CHECK (valid_period(starts, ends))
);
CREATE TABLE ratings (id serial PRIMARY KEY, coupon_id integer NOT NULL REFERENCES coupons, stars integer NOT NULL CHECK (valid_rating(stars)));
