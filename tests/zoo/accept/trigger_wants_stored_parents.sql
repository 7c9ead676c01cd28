-- Parents that are there already: what a trigger wants of them, of some rows alone, is in columns that no key reads.
-- parent: accounts, authors, rooms
CREATE TABLE accounts (id int PRIMARY KEY, name text NOT NULL, status text NOT NULL);
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, deleted_at timestamptz);
CREATE TABLE rooms (id int PRIMARY KEY, label text NOT NULL, bookable boolean NOT NULL);
INSERT INTO accounts SELECT n, 'Account ' || n, CASE WHEN n % 5 = 0 THEN 'open' WHEN n % 5 = 1 THEN 'frozen' ELSE 'closed' END FROM generate_series(1, 40) n;
INSERT INTO authors SELECT n, 'Author ' || n, CASE WHEN n % 4 > 0 THEN timestamptz '2024-03-01' + n * interval '1 day' END FROM generate_series(1, 40) n;
INSERT INTO rooms SELECT n, 'Room ' || n, n % 6 = 0 FROM generate_series(1, 40) n;
CREATE TABLE transfers (id serial PRIMARY KEY, account_id int NOT NULL REFERENCES accounts, kind text NOT NULL CHECK (kind IN ('deposit', 'withdrawal')), amount numeric(10, 2) NOT NULL CHECK (amount > 0));
CREATE TABLE articles (id serial PRIMARY KEY, author_id int NOT NULL REFERENCES authors, editor_id int REFERENCES authors, title text NOT NULL);
CREATE TABLE bookings (id serial PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, booked_for date NOT NULL);
CREATE FUNCTION of_open_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text;
BEGIN
    SELECT status INTO held FROM accounts WHERE id = NEW.account_id;
    IF NEW.kind = 'withdrawal' AND held <> 'open' THEN
        RAISE EXCEPTION 'account % is %', NEW.account_id, held;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_open_accounts BEFORE INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION of_open_accounts();
CREATE FUNCTION of_authors_who_are_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.editor_id IS NULL AND (SELECT a.deleted_at FROM authors a WHERE a.id = NEW.author_id) IS NOT NULL THEN
        RAISE EXCEPTION 'author % is deleted', NEW.author_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_authors_who_are_there BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION of_authors_who_are_there();
CREATE FUNCTION of_bookable_rooms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rooms WHERE id = NEW.room_id AND bookable) THEN
        RAISE EXCEPTION 'room % can not be booked', NEW.room_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_bookable_rooms BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION of_bookable_rooms();
