-- An application's warehouse: stock kept by movements, bins by ltree path, batches that expire, a bill of materials without loops, units that convert.
-- free: stock
-- extension: ltree
-- volatile: stock, movements
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE TABLE units (code varchar(8) PRIMARY KEY, base varchar(8) NOT NULL REFERENCES units, factor numeric(12, 6) NOT NULL CHECK (factor > 0));
CREATE TABLE items (id serial PRIMARY KEY, sku text NOT NULL UNIQUE CHECK (sku ~ '^[A-Z]{3}-[0-9]{4,6}$'), name text NOT NULL, unit varchar(8) NOT NULL REFERENCES units, kind text NOT NULL CHECK (kind IN ('part', 'assembly', 'service')), weight_g integer, hazardous boolean NOT NULL DEFAULT false, CHECK (kind = 'service' OR weight_g > 0), CHECK (NOT hazardous OR kind <> 'service'));
CREATE TABLE components (assembly_id integer NOT NULL REFERENCES items, part_id integer NOT NULL REFERENCES items, quantity numeric(10, 3) NOT NULL CHECK (quantity > 0), position smallint NOT NULL, PRIMARY KEY (assembly_id, part_id), UNIQUE (assembly_id, position), CHECK (assembly_id < part_id));
CREATE TABLE sites (id smallserial PRIMARY KEY, code char(3) NOT NULL UNIQUE CHECK (code = upper(code)), address jsonb NOT NULL CHECK (address ?& ARRAY['street', 'city']));
CREATE TABLE bins (id serial PRIMARY KEY, site_id smallint NOT NULL REFERENCES sites, path ltree NOT NULL, capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 10000), UNIQUE (site_id, path), UNIQUE (site_id, id));
CREATE TABLE batches (id bigserial PRIMARY KEY, item_id integer NOT NULL REFERENCES items, lot text NOT NULL, made_on date NOT NULL, expires_on date, UNIQUE (item_id, lot), UNIQUE (item_id, id), CHECK (expires_on > made_on), CHECK (made_on <= current_date));
CREATE TABLE stock (bin_id integer NOT NULL REFERENCES bins, item_id integer NOT NULL REFERENCES items, on_hand numeric(12, 3) NOT NULL DEFAULT 0, reserved numeric(12, 3) NOT NULL DEFAULT 0, PRIMARY KEY (bin_id, item_id), CHECK (reserved >= 0 AND reserved <= greatest(on_hand, 0)));
CREATE TABLE movements (id bigserial PRIMARY KEY, item_id integer NOT NULL, batch_id bigint, from_bin integer REFERENCES bins, to_bin integer REFERENCES bins, quantity numeric(12, 3) NOT NULL CHECK (quantity > 0), moved_at timestamptz NOT NULL DEFAULT now(), FOREIGN KEY (item_id, batch_id) REFERENCES batches (item_id, id), FOREIGN KEY (item_id) REFERENCES items, CHECK (num_nonnulls(from_bin, to_bin) >= 1), CHECK (from_bin IS DISTINCT FROM to_bin));
CREATE TABLE counts (id bigserial PRIMARY KEY, site_id smallint NOT NULL, bin_id integer NOT NULL, counted_on date NOT NULL, counted_by text NOT NULL, result integer CHECK (result >= 0), finished boolean NOT NULL DEFAULT false, FOREIGN KEY (site_id, bin_id) REFERENCES bins (site_id, id), UNIQUE (bin_id, counted_on), CHECK (NOT finished OR result IS NOT NULL));
CREATE FUNCTION move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.to_bin IS NOT NULL THEN
    INSERT INTO stock (bin_id, item_id, on_hand) VALUES (NEW.to_bin, NEW.item_id, NEW.quantity) ON CONFLICT (bin_id, item_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand;
  END IF;
  IF NEW.from_bin IS NOT NULL THEN
    UPDATE stock SET on_hand = on_hand + 0 WHERE bin_id = NEW.from_bin AND item_id = NEW.item_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER movements_stock AFTER INSERT ON movements FOR EACH ROW EXECUTE FUNCTION move_stock();
