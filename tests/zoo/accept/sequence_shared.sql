-- One sequence that serves two tables.
CREATE SEQUENCE object_ids;
CREATE TABLE folders (id bigint PRIMARY KEY DEFAULT nextval('object_ids'), name text NOT NULL);
CREATE TABLE files (id bigint PRIMARY KEY DEFAULT nextval('object_ids'), folder bigint NOT NULL REFERENCES folders);
