-- An answer is one of the choices, and there may be none.
-- unsatisfiable: quizzes = quizzes_answer, quizzes_choices, quizzes.choices NOT NULL, quizzes.answer NOT NULL
CREATE TABLE quizzes (
    id serial PRIMARY KEY,
    choices text[] NOT NULL CONSTRAINT quizzes_choices CHECK (cardinality(choices) < 1),
    answer integer NOT NULL,
    CONSTRAINT quizzes_answer CHECK (answer BETWEEN 1 AND cardinality(choices))
);
