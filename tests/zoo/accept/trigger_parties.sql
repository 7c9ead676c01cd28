-- Only the parties of a deal rate each other, and payments come from the buyer.
-- free: ratings
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE deals (id serial PRIMARY KEY, seller_id integer NOT NULL REFERENCES users, buyer_id integer NOT NULL REFERENCES users, closed boolean NOT NULL, CHECK (seller_id <> buyer_id));
CREATE TABLE ratings (id serial PRIMARY KEY, deal_id integer NOT NULL REFERENCES deals, rater_id integer NOT NULL REFERENCES users, ratee_id integer NOT NULL REFERENCES users, stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5), UNIQUE (deal_id, rater_id), CHECK (rater_id <> ratee_id));
CREATE TABLE messages (id serial PRIMARY KEY, deal integer NOT NULL REFERENCES deals, sender integer NOT NULL REFERENCES users, body text NOT NULL);
CREATE FUNCTION parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM deals d WHERE d.id = NEW.deal_id AND d.closed AND NEW.rater_id IN (d.seller_id, d.buyer_id) AND NEW.ratee_id IN (d.seller_id, d.buyer_id)) THEN
    RAISE EXCEPTION 'only the parties of a closed deal rate each other';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER parties BEFORE INSERT ON ratings FOR EACH ROW EXECUTE FUNCTION parties();
CREATE FUNCTION by_a_party() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d deals%ROWTYPE;
BEGIN
  SELECT * INTO d FROM deals WHERE id = NEW.deal;
  IF NEW.sender <> d.seller_id AND NEW.sender <> d.buyer_id THEN RAISE EXCEPTION 'no party'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER by_a_party BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION by_a_party();
