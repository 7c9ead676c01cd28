-- A ring of required references between identity columns.
CREATE TABLE books (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, first_page bigint NOT NULL);
CREATE TABLE leaves (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, book bigint NOT NULL REFERENCES books, n integer NOT NULL);
ALTER TABLE books ADD FOREIGN KEY (first_page) REFERENCES leaves;
