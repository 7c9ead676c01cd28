-- Book and article numbers, with check digits.
-- extension: isn
CREATE EXTENSION isn;
CREATE TABLE books (isbn isbn13 PRIMARY KEY, old isbn, ean ean13 NOT NULL, serial issn, music ismn, upc upc);
