-- Triggers want several things at once of what they look up: an order that is open, an item that is still sold.
-- free: bids, po_lines
CREATE TABLE items (id serial PRIMARY KEY, sku varchar(20) NOT NULL UNIQUE, discontinued boolean NOT NULL DEFAULT false);
CREATE TABLE purchase_orders (id serial PRIMARY KEY, po_no varchar(12) NOT NULL UNIQUE, status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'partial', 'received', 'cancelled')), ordered_on date NOT NULL);
CREATE TABLE po_lines (po_id integer NOT NULL REFERENCES purchase_orders, line_no smallint NOT NULL CHECK (line_no > 0), item_id integer NOT NULL REFERENCES items, qty integer NOT NULL CHECK (qty > 0), PRIMARY KEY (po_id, line_no), UNIQUE (po_id, item_id));
CREATE FUNCTION po_open() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE s text; BEGIN
    SELECT status INTO s FROM purchase_orders WHERE id = NEW.po_id;
    IF s NOT IN ('draft', 'sent', 'partial') THEN RAISE EXCEPTION 'purchase order % is %', NEW.po_id, s; END IF;
    IF EXISTS (SELECT FROM items WHERE id = NEW.item_id AND discontinued) THEN RAISE EXCEPTION 'item % is discontinued', NEW.item_id; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER po_open BEFORE INSERT ON po_lines FOR EACH ROW EXECUTE FUNCTION po_open();
CREATE TYPE auction_state AS ENUM ('draft', 'running', 'ended');
CREATE TABLE bidders (id serial PRIMARY KEY, name text NOT NULL, banned boolean NOT NULL DEFAULT false);
CREATE TABLE auctions (id serial PRIMARY KEY, seller_id integer NOT NULL REFERENCES bidders, state auction_state NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, least bigint NOT NULL CHECK (least > 0), CHECK (ends_at > starts_at));
CREATE TABLE bids (id serial PRIMARY KEY, auction_id integer NOT NULL REFERENCES auctions, bidder_id integer NOT NULL REFERENCES bidders, amount bigint NOT NULL CHECK (amount > 0), placed_at timestamptz NOT NULL DEFAULT now());
CREATE FUNCTION bid_rules() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE a auctions%ROWTYPE; b bidders%ROWTYPE; BEGIN
    SELECT * INTO a FROM auctions WHERE id = NEW.auction_id FOR UPDATE;
    SELECT * INTO b FROM bidders WHERE id = NEW.bidder_id;
    IF a.state <> 'running' THEN RAISE EXCEPTION 'auction % is not running', a.id; END IF;
    IF b.banned THEN RAISE EXCEPTION '% is banned', b.name; END IF;
    IF a.seller_id = NEW.bidder_id THEN RAISE EXCEPTION 'nobody bids for his own'; END IF;
    IF NEW.placed_at NOT BETWEEN a.starts_at AND a.ends_at THEN RAISE EXCEPTION 'outside the auction'; END IF;
    IF NEW.amount < a.least THEN RAISE EXCEPTION '% is too low', NEW.amount USING HINT = 'raise it'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bid_rules BEFORE INSERT ON bids FOR EACH ROW EXECUTE FUNCTION bid_rules();
