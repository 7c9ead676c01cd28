BEGIN;
CREATE TABLE reviews (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id integer NOT NULL REFERENCES products ON DELETE CASCADE,
    customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title varchar(60),
    body text CHECK (length(trim(body)) > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    approved_at timestamptz CHECK (approved_at >= created_at),
    UNIQUE (product_id, customer_id)
);
ALTER TABLE products
    ADD COLUMN review_count integer NOT NULL DEFAULT 0,
    ADD COLUMN rating_sum integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT products_rating_check CHECK (rating_sum BETWEEN review_count AND 5 * review_count);
CREATE FUNCTION count_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE products SET review_count = review_count + 1, rating_sum = rating_sum + NEW.rating WHERE id = NEW.product_id;
    RETURN NULL;
END $$;
CREATE TRIGGER count_review AFTER INSERT ON reviews FOR EACH ROW EXECUTE FUNCTION count_review();
COMMIT;
REFRESH MATERIALIZED VIEW best_sellers;
