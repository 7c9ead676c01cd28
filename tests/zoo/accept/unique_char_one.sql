-- A single character as a key.
-- free: grades
CREATE TABLE grades (grade char PRIMARY KEY, words text NOT NULL);
