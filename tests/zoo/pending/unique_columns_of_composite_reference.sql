-- A composite reference whose columns are unique one by one in the child: rows that repeat a column in the parent collide.
CREATE TABLE assets (id serial PRIMARY KEY, name varchar(1500) NOT NULL, uri varchar(1500) NOT NULL, UNIQUE (name, uri));
CREATE TABLE active_assets (name varchar(1500) NOT NULL UNIQUE, uri varchar(1500) NOT NULL UNIQUE, PRIMARY KEY (name, uri),
  FOREIGN KEY (name, uri) REFERENCES assets (name, uri) ON DELETE CASCADE);
