-- A single character as a key.
CREATE TABLE grades (grade char PRIMARY KEY, words text NOT NULL);
