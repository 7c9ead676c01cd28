-- Rows that must come after the row of their own table that they point at, by word of a trigger or by name alone, also
-- where the table holds rows already.
-- parent: tickets
CREATE TABLE tickets (
    id bigserial PRIMARY KEY,
    follows bigint REFERENCES tickets,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    CHECK (closed_at >= opened_at)
);
INSERT INTO tickets (follows, opened_at) VALUES (NULL, '2026-02-27 10:00+00'), (1, '2026-02-28 10:00+00');
CREATE TABLE notes (
    id uuid PRIMARY KEY,
    ticket_id bigint NOT NULL REFERENCES tickets,
    answers_id uuid REFERENCES notes,
    written_at timestamptz NOT NULL
);
CREATE FUNCTION in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.written_at < (SELECT written_at FROM notes WHERE id = NEW.answers_id) THEN
        RAISE EXCEPTION 'an answer is written after its question';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_time BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION in_time();
