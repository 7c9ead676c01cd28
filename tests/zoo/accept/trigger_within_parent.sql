-- What happens lies within its parent's time, and a score below the most there is, by triggers that look the parent up.
CREATE TABLE school_years (id serial PRIMARY KEY, label text NOT NULL UNIQUE, starts_on date NOT NULL, ends_on date NOT NULL, CHECK (ends_on > starts_on));
CREATE TABLE terms (
    id serial PRIMARY KEY, year_id integer NOT NULL REFERENCES school_years, number smallint NOT NULL CHECK (number IN (1, 2, 3)),
    starts_on date NOT NULL, ends_on date NOT NULL, CHECK (ends_on > starts_on)
);
CREATE FUNCTION term_in_year() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE y school_years; BEGIN
    SELECT * INTO y FROM school_years WHERE id = NEW.year_id;
    IF NEW.starts_on < y.starts_on OR NEW.ends_on > y.ends_on THEN RAISE EXCEPTION 'term % lies outside %', NEW.number, y.label; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER term_in_year BEFORE INSERT OR UPDATE ON terms FOR EACH ROW EXECUTE FUNCTION term_in_year();
CREATE TABLE exams (id serial PRIMARY KEY, term_id integer NOT NULL REFERENCES terms, held_on date NOT NULL, best_score numeric(5, 1) NOT NULL CHECK (best_score > 0));
CREATE FUNCTION exam_in_term() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM 1 FROM terms t WHERE t.id = NEW.term_id AND NEW.held_on BETWEEN t.starts_on AND t.ends_on;
    IF NOT FOUND THEN RAISE EXCEPTION 'no exams between terms'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exam_in_term BEFORE INSERT ON exams FOR EACH ROW EXECUTE FUNCTION exam_in_term();
CREATE TABLE marks (id serial PRIMARY KEY, exam_id integer NOT NULL REFERENCES exams, points numeric(5, 1) NOT NULL CHECK (points >= 0));
CREATE FUNCTION below_best() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE v_best numeric; BEGIN
    v_best := (SELECT best_score FROM exams WHERE id = NEW.exam_id);
    IF NEW.points > v_best THEN RAISE EXCEPTION '% of %', NEW.points, v_best; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER below_best BEFORE INSERT ON marks FOR EACH ROW EXECUTE FUNCTION below_best();
CREATE TABLE stays (id serial PRIMARY KEY, check_in date NOT NULL, check_out date NOT NULL CHECK (check_out > check_in));
CREATE TABLE meals (id serial PRIMARY KEY, stay_id integer NOT NULL REFERENCES stays, served_on date NOT NULL, dish text NOT NULL);
CREATE FUNCTION meal_in_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM stays s WHERE s.id = NEW.stay_id AND NEW.served_on >= s.check_in AND NEW.served_on < s.check_out) THEN
        RAISE EXCEPTION 'no meal outside the stay';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meal_in_stay BEFORE INSERT OR UPDATE ON meals FOR EACH ROW EXECUTE FUNCTION meal_in_stay();
