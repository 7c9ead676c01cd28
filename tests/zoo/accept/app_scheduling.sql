-- An application's calendar: shifts and bookings that may not overlap, working hours, a waiting list in order, prices valid in time.
-- extension: btree_gist
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE DOMAIN timezone AS text CHECK (VALUE IN ('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'));
CREATE TABLE locations (id serial PRIMARY KEY, name text NOT NULL UNIQUE, tz timezone NOT NULL DEFAULT 'UTC', opens time NOT NULL, closes time NOT NULL, CHECK (opens < closes));
CREATE TABLE staff (id serial PRIMARY KEY, location_id integer NOT NULL REFERENCES locations, email text NOT NULL UNIQUE CHECK (email LIKE '%@%'), hired_on date NOT NULL, left_on date, CHECK (left_on > hired_on), UNIQUE (id, location_id));
CREATE TABLE services (id serial PRIMARY KEY, location_id integer NOT NULL REFERENCES locations, name text NOT NULL, minutes integer NOT NULL CHECK (minutes > 0 AND minutes % 15 = 0 AND minutes <= 480), UNIQUE (location_id, name), UNIQUE (id, location_id));
CREATE TABLE service_prices (
    service_id integer NOT NULL REFERENCES services, valid daterange NOT NULL DEFAULT daterange(current_date, NULL), price numeric(8, 2) NOT NULL CHECK (price > 0),
    EXCLUDE USING gist (service_id WITH =, valid WITH &&)
);
CREATE TABLE weekly_hours (staff_id integer NOT NULL REFERENCES staff ON DELETE CASCADE, weekday smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6), starts time NOT NULL, ends time NOT NULL, PRIMARY KEY (staff_id, weekday), CHECK (ends > starts));
CREATE TABLE shifts (id bigserial PRIMARY KEY, staff_id integer NOT NULL, location_id integer NOT NULL, during tstzrange NOT NULL, FOREIGN KEY (staff_id, location_id) REFERENCES staff (id, location_id),
    EXCLUDE USING gist (staff_id WITH =, during WITH &&), CHECK (upper(during) - lower(during) <= interval '12 hours'), CHECK (NOT lower_inf(during) AND NOT upper_inf(during)));
CREATE TABLE clients (id serial PRIMARY KEY, name text NOT NULL, phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'), email text, no_shows integer NOT NULL DEFAULT 0 CHECK (no_shows >= 0), CHECK (num_nonnulls(phone, email) >= 1));
CREATE TABLE bookings (
    id bigserial PRIMARY KEY, client_id integer NOT NULL REFERENCES clients, staff_id integer NOT NULL, service_id integer NOT NULL, location_id integer NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'booked' CHECK (status IN ('booked', 'arrived', 'no_show', 'cancelled')), cancelled_at timestamptz, during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED,
    CHECK (starts_at < ends_at), CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)), FOREIGN KEY (staff_id, location_id) REFERENCES staff (id, location_id), FOREIGN KEY (service_id, location_id) REFERENCES services (id, location_id),
    EXCLUDE USING gist (staff_id WITH =, during WITH &&) WHERE (status <> 'cancelled')
);
CREATE TABLE waiting (id bigserial PRIMARY KEY, service_id integer NOT NULL REFERENCES services, client_id integer NOT NULL REFERENCES clients, place integer NOT NULL CHECK (place > 0), UNIQUE (service_id, client_id), UNIQUE (service_id, place) DEFERRABLE INITIALLY DEFERRED);
CREATE FUNCTION count_no_show() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'no_show' THEN UPDATE clients SET no_shows = no_shows + 1 WHERE id = NEW.client_id; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER bookings_no_show AFTER INSERT OR UPDATE OF status ON bookings FOR EACH ROW EXECUTE FUNCTION count_no_show();
