-- Answers: of an attempt, to a question, by an option of that question, all of one exam.
CREATE TABLE exams (code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}[0-9]{3}$'));
CREATE TABLE questions (
    exam text NOT NULL REFERENCES exams,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 50),
    body text NOT NULL,
    PRIMARY KEY (exam, number)
);
CREATE TABLE attempts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    exam text NOT NULL REFERENCES exams,
    begun_at timestamptz NOT NULL,
    UNIQUE (id, exam)
);
CREATE TABLE markers (
    id serial PRIMARY KEY,
    exam text NOT NULL REFERENCES exams,
    UNIQUE (exam, id)
);
CREATE TABLE answers (
    attempt_id uuid NOT NULL,
    exam text NOT NULL,
    number integer NOT NULL,
    marker_id integer,
    text text NOT NULL,
    UNIQUE (attempt_id, number),
    FOREIGN KEY (attempt_id, exam) REFERENCES attempts (id, exam),
    FOREIGN KEY (exam, number) REFERENCES questions (exam, number),
    FOREIGN KEY (exam, marker_id) REFERENCES markers (exam, id)
);
