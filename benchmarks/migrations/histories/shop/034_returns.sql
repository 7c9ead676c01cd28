-- Nobody returns more than was ordered.
BEGIN;
CREATE TABLE returns (
    id serial PRIMARY KEY,
    order_id bigint NOT NULL,
    line_no smallint NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    reason text NOT NULL CHECK (reason IN ('damaged', 'wrong item', 'changed mind')),
    comment text,
    requested_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (order_id, line_no) REFERENCES order_items (order_id, line_no)
);
CREATE FUNCTION check_return() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ordered integer;
BEGIN
    SELECT quantity INTO ordered FROM order_items WHERE order_id = NEW.order_id AND line_no = NEW.line_no;
    IF NEW.quantity > ordered THEN
        RAISE EXCEPTION 'only % were ordered', ordered USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_return BEFORE INSERT OR UPDATE ON returns FOR EACH ROW EXECUTE FUNCTION check_return();
COMMIT;
