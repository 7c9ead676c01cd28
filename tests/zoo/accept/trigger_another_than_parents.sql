-- A key that must lead to another row than a parent's does: sellers don't bid, authors don't review themselves.
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE auctions (id serial PRIMARY KEY, seller_id integer NOT NULL REFERENCES users, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, CHECK (ends_at > starts_at));
CREATE TABLE bids (id serial PRIMARY KEY, auction_id integer NOT NULL REFERENCES auctions, bidder_id integer NOT NULL REFERENCES users, placed_at timestamptz NOT NULL);
CREATE TABLE papers (code text PRIMARY KEY, author integer REFERENCES users);
CREATE TABLE reviews (id serial PRIMARY KEY, paper text NOT NULL REFERENCES papers, reviewer integer REFERENCES users, verdict text NOT NULL);
CREATE FUNCTION fair_bid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a auctions%ROWTYPE;
BEGIN
  SELECT * INTO a FROM auctions WHERE id = NEW.auction_id;
  IF a.seller_id = NEW.bidder_id THEN RAISE EXCEPTION 'the seller may not bid'; END IF;
  IF NEW.placed_at < a.starts_at OR NEW.placed_at >= a.ends_at THEN RAISE EXCEPTION 'outside the auction'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fair_bid BEFORE INSERT ON bids FOR EACH ROW EXECUTE FUNCTION fair_bid();
CREATE FUNCTION fair_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.reviewer = (SELECT author FROM papers WHERE code = NEW.paper) THEN RAISE EXCEPTION 'authors do not review themselves'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fair_review BEFORE INSERT ON reviews FOR EACH ROW EXECUTE FUNCTION fair_review();
