-- A column of another table's row type.
CREATE TABLE settings (id serial PRIMARY KEY, label text, value integer);
CREATE TABLE settings_log (id serial PRIMARY KEY, old settings, new settings NOT NULL);
